using Grpc.Core;

namespace Samenhang.GrpcApi.Tests.Values;

public sealed class MetadataTests
{
    [Fact]
    public void Keys_are_lower_case_and_found_in_any_case()
    {
        var metadata = new Metadata { { "X-Request-Id", "r1" } };

        Assert.Equal("x-request-id", metadata[0].Key);
        Assert.Equal("r1", metadata.GetValue("X-REQUEST-ID"));
    }

    [Fact]
    public void Of_a_repeated_key_the_last_counts_and_all_can_be_listed()
    {
        var metadata = new Metadata { { "a", "1" }, { "b", "2" }, { "a", "3" } };

        Assert.Equal("3", metadata.GetValue("a"));
        Assert.Equal(["1", "3"], metadata.GetAll("a").Select(entry => entry.Value));
        Assert.Null(metadata.Get("c"));
    }

    [Fact]
    public void Bytes_need_a_key_that_ends_in_bin_and_text_may_not_have_one()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("a", [1]));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("a-bin", "text"));
        Assert.True(new Metadata.Entry("a-bin", [1]).IsBinary);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a:b")]
    [InlineData("")]
    public void A_key_that_no_header_may_have_is_refused(string key) =>
        Assert.ThrowsAny<ArgumentException>(() => new Metadata.Entry(key, "x"));

    [Fact]
    public void An_entry_does_not_change_with_the_array_it_was_made_from_or_gave_out()
    {
        byte[] bytes = [1, 2];
        var entry = new Metadata.Entry("a-bin", bytes);
        bytes[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.Equal([1, 2], entry.ValueBytes);
    }

    [Fact]
    public void Empty_metadata_can_not_be_changed()
    {
        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "1"));
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
    }

    [Fact]
    public void It_is_a_list()
    {
        var first = new Metadata.Entry("a", "1");
        var second = new Metadata.Entry("b", "2");
        var metadata = new Metadata { second };
        metadata.Insert(0, first);

        Assert.Equal(1, metadata.IndexOf(second));
        Assert.True(metadata.Remove(first));
        Assert.DoesNotContain(first, metadata);
        metadata.RemoveAt(0);
        Assert.Empty(metadata);
    }
}
