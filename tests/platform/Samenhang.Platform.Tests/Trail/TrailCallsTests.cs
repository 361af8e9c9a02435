using Grpc.Core;
using Samenhang.Platform.Trail;

namespace Samenhang.Platform.Tests.Trail;

public sealed class TrailCallsTests
{
    [Theory]
    [InlineData(StatusCode.OK, TrailOutcome.Success)]
    [InlineData(StatusCode.NotFound, TrailOutcome.MinorFailure)]
    [InlineData(StatusCode.InvalidArgument, TrailOutcome.MinorFailure)]
    [InlineData(StatusCode.PermissionDenied, TrailOutcome.SeriousFailure)]
    [InlineData(StatusCode.Unauthenticated, TrailOutcome.SeriousFailure)]
    [InlineData(StatusCode.Internal, TrailOutcome.MajorFailure)]
    [InlineData(StatusCode.Unavailable, TrailOutcome.MajorFailure)]
    public void A_status_is_an_outcome_of_NEN_7513(StatusCode status, TrailOutcome outcome) => Assert.Equal(outcome, TrailCalls.OutcomeOf(status));

    [Theory]
    [InlineData(" janne ", "janne")]
    [InlineData("a\nb\0c", "a\uFFFDb\uFFFDc")]
    [InlineData("   ", null)]
    [InlineData(null, null)]
    public void A_text_of_somebody_else_is_kept_short_and_plain(string? text, string? kept) => Assert.Equal(kept, TrailCalls.Clean(text));

    [Fact]
    public void A_long_text_is_cut() => Assert.Equal(200, TrailCalls.Clean(new string('a', 1000))!.Length);

    [Fact]
    public void A_head_is_read_as_it_was_told()
    {
        var head = new TrailHead(1204, Enumerable.Range(0, 32).Select(n => (byte)n).ToArray());

        Assert.True(TrailHead.TryParse(head.ToString(), out var read));
        Assert.Equal(head.ToString(), read!.ToString());
        Assert.All(["", "1204", "x:00", "-1:" + new string('0', 64), "1:" + new string('g', 64)], wrong => Assert.False(TrailHead.TryParse(wrong, out _)));
    }
}
