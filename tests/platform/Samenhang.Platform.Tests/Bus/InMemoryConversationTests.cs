using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Tests.Bus;

public sealed class InMemoryConversationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_services_in_one_process_talk_through_their_own_stores()
    {
        await using var host = await ConversationHost.StartAsync(_folder.Path);

        await host.AskAsync("a", 1, 2, 3);
        await host.HearsAllAsync("a", 3);

        Assert.Equal([1, 2, 3], await host.HeardAsync("a"));
        Assert.Equal(3, (await host.StoreOf(ServiceNames.Zvw).ReadFromAsync(0, 100, Payloads.All, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Every_event_is_published_once_under_its_own_id_when_nothing_fails()
    {
        await using var host = await ConversationHost.StartAsync(_folder.Path);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => host.AskAsync($"case-{n}", 1, 2, 3)));
        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => host.HearsAllAsync($"case-{n}", 3)));

        var asked = (await host.StoreOf(ServiceNames.Casemanager).ReadFromAsync(0, 1000, Payloads.All, CancellationToken.None))
            .Where(recorded => recorded.Publish)
            .Select(recorded => recorded.MessageId);
        Assert.Equal(asked.Order(), host.Deliveries.MessageIds.Order());
    }

    [Fact]
    public async Task Messages_of_one_case_are_handled_one_at_a_time()
    {
        await using var host = await ConversationHost.StartAsync(_folder.Path);
        var numbers = Enumerable.Range(1, 60).ToArray();

        foreach (var number in numbers)
        {
            await host.AskAsync("a", number);
        }

        await host.HearsAllAsync("a", numbers.Length);

        Assert.Equal(numbers, await host.HeardAsync("a"));
        Assert.Equal(1, host.Deliveries.MostAtOnce);
    }

    [Fact]
    public async Task A_message_that_was_lost_with_the_process_is_sent_again_at_the_start()
    {
        var broken = new Deliveries { Broken = true };
        await using (var first = await ConversationHost.StartAsync(_folder.Path, deliveries: broken))
        {
            await first.AskAsync("a", 1);
            await Patience.Until(() => broken.MessageIds.Count > 0, "the question is delivered");
            await Patience.Until(
                async () => await first.StoreOf(ServiceNames.Casemanager).ReadCursorAsync("relay", CancellationToken.None) > 0,
                "the relay has moved its cursor");
        }

        await using var second = await ConversationHost.StartAsync(_folder.Path);
        await second.HearsAllAsync("a", 1);

        Assert.Equal([1], await second.HeardAsync("a"));
        Assert.Equal(broken.MessageIds[0], Assert.Single(second.Deliveries.MessageIds));
    }

    [Fact]
    public async Task A_restart_sends_nothing_again_that_arrived()
    {
        await using (var first = await ConversationHost.StartAsync(_folder.Path))
        {
            await first.AskAsync("a", 1, 2);
            await first.HearsAllAsync("a", 2);
        }

        await using var second = await ConversationHost.StartAsync(_folder.Path);
        await second.AskAsync("b", 3); // Published after everything of before, so when this arrives the rest would have.
        await second.HearsAllAsync("b", 1);

        Assert.Single(second.Deliveries.MessageIds);
        Assert.Equal([1, 2], await second.HeardAsync("a"));
    }
}
