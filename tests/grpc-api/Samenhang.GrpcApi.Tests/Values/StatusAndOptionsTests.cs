using Grpc.Core;

namespace Samenhang.GrpcApi.Tests.Values;

public sealed class StatusAndOptionsTests
{
    [Fact]
    public void The_default_status_is_ok_without_detail()
    {
        Assert.Equal(StatusCode.OK, default(Status).StatusCode);
        Assert.Equal("", default(Status).Detail);
    }

    [Fact]
    public void A_status_is_read_with_its_code_and_detail() =>
        Assert.Equal(
            "Status(StatusCode=\"NotFound\", Detail=\"no such case\")", new Status(StatusCode.NotFound, "no such case").ToString());

    [Fact]
    public void An_exception_carries_status_trailers_and_cause()
    {
        var cause = new IOException("broken");
        var trailers = new Metadata { { "a", "1" } };
        var exception = new RpcException(new Status(StatusCode.Unavailable, "gone", cause), trailers, "message of its own");

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Same(trailers, exception.Trailers);
        Assert.Same(cause, exception.InnerException);
        Assert.Equal("message of its own", exception.Message);
    }

    [Fact]
    public void Options_are_a_value_of_which_a_changed_copy_can_be_made()
    {
        var headers = new Metadata();
        var deadline = new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc);
        var plain = new CallOptions();

        var changed = plain.WithHeaders(headers).WithDeadline(deadline).WithWaitForReady().WithWriteOptions(new WriteOptions(WriteFlags.NoCompress));

        Assert.Null(plain.Headers);
        Assert.False(plain.IsWaitForReady);
        Assert.Same(headers, changed.Headers);
        Assert.Equal(deadline, changed.Deadline);
        Assert.True(changed.IsWaitForReady);
        Assert.Equal(WriteFlags.NoCompress, changed.WriteOptions?.Flags);
    }

    [Fact]
    public void Who_proved_nothing_is_not_authenticated_and_who_did_has_an_identity()
    {
        var properties = new Dictionary<string, List<AuthProperty>>(StringComparer.Ordinal)
        {
            ["x509_common_name"] = [AuthProperty.Create("x509_common_name", "gemeente"u8.ToArray())],
        };

        Assert.False(new AuthContext(null, []).IsPeerAuthenticated);
        Assert.Empty(new AuthContext(null, properties).PeerIdentity);
        Assert.Equal("gemeente", new AuthContext("x509_common_name", properties).PeerIdentity.Single().Value);
    }
}
