using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Samenhang.Interop.Echo.V1;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Grpc;

namespace Samenhang.Platform.Tests.Grpc;

public sealed class ErrorEdgeTests
{
    private static readonly BilingualText SomeText = new("Dit dossier is gesloten.", "This case is closed.");

    private static readonly (Error Error, StatusCode Code, MessageDescriptor Detail)[] Mapping =
    [
        (new Error.Invalid([new FieldViolation("bsn", "Dit nummer klopt niet.", "This number is wrong.")]), StatusCode.InvalidArgument, BadRequest.Descriptor),
        (new Error.NotFound("case", "c-1"), StatusCode.NotFound, ErrorInfo.Descriptor),
        (new Error.AlreadyExists("r-1"), StatusCode.AlreadyExists, ErrorInfo.Descriptor),
        (new Error.StaleVersion(3, 7), StatusCode.Aborted, ErrorInfo.Descriptor),
        (new Error.StaleVersion(3, 7, new StringValue { Value = "theirs" }), StatusCode.Aborted, StringValue.Descriptor),
        (new Error.Overtaken(new StringValue { Value = "theirs" }), StatusCode.Aborted, StringValue.Descriptor),
        (new Error.StateForbids("CASE_CLOSED", "case/c-1", SomeText), StatusCode.FailedPrecondition, PreconditionFailure.Descriptor),
        (new Error.Unauthenticated("token"), StatusCode.Unauthenticated, ErrorInfo.Descriptor),
        (new Error.PermissionDenied("purpose"), StatusCode.PermissionDenied, ErrorInfo.Descriptor),
        (new Error.LimitPassed("TOO_MANY_CASES", SomeText), StatusCode.ResourceExhausted, ErrorInfo.Descriptor),
        (new Error.Unavailable("store", TimeSpan.FromSeconds(2)), StatusCode.Unavailable, RetryInfo.Descriptor),
    ];

    [Fact]
    public void Every_error_has_its_code_its_detail_an_error_info_and_a_sentence_in_both_languages() =>
        Assert.All(Mapping, mapped =>
        {
            var exception = mapped.Error.ToRpcException();
            var status = Details(exception);

            Assert.Equal(mapped.Code, exception.StatusCode);
            Assert.Equal((int)mapped.Code, status.Code);
            Assert.Contains(status.Details, detail => detail.Is(mapped.Detail));
            Assert.Single(status.Details, detail => detail.Is(ErrorInfo.Descriptor));
            Assert.Equal(
                ["nl-NL", "en"],
                status.Details.Where(detail => detail.Is(LocalizedMessage.Descriptor)).Select(detail => detail.Unpack<LocalizedMessage>().Locale));
        });

    [Fact]
    public void No_error_is_forgotten_in_the_mapping() =>
        Assert.Equal(
            typeof(Error).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Error))).ToHashSet(),
            Mapping.Select(mapped => mapped.Error.GetType()).ToHashSet());

    [Fact]
    public void A_stale_version_tells_the_current_one()
    {
        var info = Detail<ErrorInfo>(new Error.StaleVersion(3, 7).ToRpcException());

        Assert.Equal("STALE_VERSION", info.Type);
        Assert.Equal("7", info.Metadata["current_version"]);
    }

    [Fact]
    public void Very_many_violations_stay_within_the_headers_that_clients_accept_and_the_rest_is_counted()
    {
        var violations = Enumerable.Range(0, 1_000).Select(index => new FieldViolation($"facts[{index}]", new string('n', 1_000), "en")).ToList();

        var exception = new Error.Invalid(violations).ToRpcException();

        var sent = Detail<BadRequest>(exception).FieldViolations.Count;
        Assert.InRange(sent, 1, 999);
        Assert.Equal($"{1_000 - sent}", Detail<ErrorInfo>(exception).Metadata["violations_left_out"]);
        Assert.True(Convert.ToBase64String(exception.Trailers.GetValueBytes(ErrorStatus.DetailsTrailer)!).Length < 7_000);
        Assert.Equal("This request has 1000 faults.", exception.Status.Detail);
    }

    [Fact]
    public async Task A_bug_is_internal_tells_the_trace_id_and_is_logged_once()
    {
        await using var calls = await EchoCalls.Start();

        var failure = await Assert.ThrowsAsync<RpcException>(() => Fail(calls, FailureKind.Bug));

        Assert.Equal(StatusCode.Internal, failure.StatusCode);
        var traceId = Detail<RequestInfo>(failure).RequestId;
        Assert.Contains(traceId, failure.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Details(failure).ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(traceId, Assert.Single(calls.Logs.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_others_wrote_at_every_try_may_be_tried_again()
    {
        await using var calls = await EchoCalls.Start();

        var failure = await Assert.ThrowsAsync<RpcException>(() => Fail(calls, FailureKind.Busy));

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.True(Detail<RetryInfo>(failure).RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        Assert.Equal("StreamBusy", Assert.Single(calls.Logs.Lines, line => line.Level == LogLevel.Warning).EventName);
        Assert.Empty(calls.Logs.Errors);
    }

    [Fact]
    public async Task An_expected_failure_is_no_error_in_the_log()
    {
        await using var calls = await EchoCalls.Start();

        var failure = await Assert.ThrowsAsync<RpcException>(() => Fail(calls, FailureKind.StateForbids));

        Assert.Equal("CASE_CLOSED", Assert.Single(Detail<PreconditionFailure>(failure).Violations).Type);
        Assert.Empty(calls.Logs.Errors);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_no_error_in_the_log()
    {
        await using var calls = await EchoCalls.Start();
        var client = new EchoService.EchoServiceClient(calls.Channel);
        using (var call = client.Wait(new WaitRequest { Name = "w" }, EchoCalls.Bounded))
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        await client.AbandonedAsync(new AbandonedRequest { Name = "w" }, EchoCalls.Bounded);
        await calls.Host.Stop();

        Assert.Empty(calls.Logs.Errors);
    }

    public static TheoryData<string, byte[]> Nonsense => new()
    {
        { "Say", [.. Enumerable.Repeat((byte)0xff, 1_000)] },

        // Where a message in the message has the largest length there is, the library reads past the end.
        { "Fail", [0x1a, 0xff, 0xff, 0xff, 0xff, 0x07] },
        { "Fail", [0x1a, 0xff, 0xff, 0xff, 0xff, 0x07, 0x22, 0xff, 0xa4, 0x07, 0x6f, 0xa5, 0x18, 0xff, 0xd5, 0x07, 0xc3, 0x9e, 0xff, 0xff, 0x07] },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Bytes_that_are_no_message_are_the_callers_fault(string of, byte[] nonsense)
    {
        await using var calls = await EchoCalls.Start();
        var bytes = Marshallers.Create<byte[]>(message => message, message => message);
        var method = new Method<byte[], byte[]>(MethodType.Unary, "samenhang.testing.echo.v1.EchoService", of, bytes, bytes);

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await calls.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, EchoCalls.Bounded, nonsense));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Contains($"{of}Request", Assert.Single(Detail<BadRequest>(failure).FieldViolations).Description, StringComparison.Ordinal);
        Assert.Empty(calls.Logs.Errors);
    }

    private static async Task<FailResponse> Fail(EchoCalls calls, FailureKind kind) =>
        await new EchoService.EchoServiceClient(calls.Channel).FailAsync(new FailRequest { Kind = kind }, EchoCalls.Bounded);

    private static Google.Rpc.Status Details(RpcException exception) =>
        Google.Rpc.Status.Parser.ParseFrom(exception.Trailers.GetValueBytes(ErrorStatus.DetailsTrailer));

    private static T Detail<T>(RpcException exception)
        where T : class, IMessage, new() =>
        Details(exception).Details.Select(detail => detail.TryUnpack(out T unpacked) ? unpacked : null).Single(detail => detail is not null)!;
}
