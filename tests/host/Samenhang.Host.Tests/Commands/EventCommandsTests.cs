using Samenhang.Host.Commands;

namespace Samenhang.Host.Tests.Commands;

/// <summary>asyncapi and subscriber-rights: what those who connect a subscriber need.</summary>
public sealed class EventCommandsTests
{
    [Fact]
    public async Task The_document_in_docs_is_the_one_that_the_code_makes()
    {
        var ran = await Ran.Of("asyncapi");

        Assert.Equal(ExitCode.Good, ran.ExitCode);
        Assert.True(
            ran.Output == await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "asyncapi.json")),
            "docs/asyncapi.json is out of date: ./run asyncapi > docs/asyncapi.json");
    }

    [Fact]
    public async Task The_rights_of_a_subscriber_are_to_read_its_own_queues_and_nothing_else()
    {
        var ran = await Ran.Of("subscriber-rights", "linde", "0199aaaa", "0199bbbb", "--vhost", "zorg");

        Assert.Equal(
            ["rabbitmqctl add_user 'linde'", "rabbitmqctl set_user_tags 'linde'", @"rabbitmqctl 'set_permissions' '-p' 'zorg' 'linde' '^$' '^$' '^(samenhang\.events\.0199aaaa|samenhang\.events\.0199bbbb)$'"],
            ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
