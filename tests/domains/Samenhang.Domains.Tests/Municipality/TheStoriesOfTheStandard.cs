using Google.Protobuf;
using Grpc.Core;
using Samenhang.Protos.Gemeente.V1;
using static Samenhang.Domains.Tests.Municipality.MunicipalSystem;

namespace Samenhang.Domains.Tests.Municipality;

/// <summary>
/// The worked cases that the standard comes with: A, B, C, E and F (there is no D in what we have), and the move to a budget. Each is told in
/// order, and then in every order and twice: the file must end the same (OP080).
/// </summary>
public sealed class TheStoriesOfTheStandard
{
    private static readonly Dictionary<string, IMessage[]> Stories = new()
    {
        ["A: a provider asks (315), the municipality assigns (301), and withdraws it (301)"] =
        [
            Ask("r1"),
            Assign("301-1", Assigned("1001", "2026-01-22T09:00:00", reference: "r1")),
            Assign("301-2", Assigned("1001", "2026-01-26T11:30:00", to: "2026-02-02", reason: "13", reference: "r1")),
        ],
        ["B: assigned (301), started (305), stopped (307)"] =
        [
            Assign("301-1", Assigned("1001", "2026-01-22T09:00:00")),
            Start("305-1", "1001", "2026-02-04", "2026-02-05T08:00:00"),
            Stop("307-1", "1001", "2026-06-30", "2026-07-01T08:00:00"),
        ],
        ["C: assigned (301), started (305), withdrawn and indicated anew in one message (301), started (305)"] =
        [
            Assign("301-1", Assigned("1001", "2026-01-22T09:00:00")),
            Start("305-1", "1001", "2026-02-04", "2026-02-05T08:00:00"),
            Assign("301-2", Assigned("1001", "2026-02-10T09:00:00", to: "2026-02-02", reason: "01"), Assigned("1002", "2026-02-10T09:00:00", from: "2026-02-03")),
            Start("305-2", "1002", "2026-02-11", "2026-02-12T08:00:00"),
        ],
        ["E: a start with a wrong day is corrected: taken back (305, status 3) and told with the right day (305, status 1)"] =
        [
            Assign("301-1", Assigned("1001", "2026-01-22T09:00:00")),
            Start("305-1", "1001", "2026-02-04", "2026-02-05T08:00:00"),
            Start("305-2", "1001", "2026-02-04", "2026-02-09T08:00:00", DeliveryStatus.Removed),
            Start("305-3", "1001", "2026-02-06", "2026-02-09T08:00:00"),
        ],
        ["F: a start is taken back (305, status 3) and told anew, for the same day (305, status 1)"] =
        [
            Assign("301-1", Assigned("1001", "2026-01-22T09:00:00")),
            Start("305-1", "1001", "2026-02-04", "2026-02-05T08:00:00"),
            Start("305-2", "1001", "2026-02-04", "2026-02-09T08:00:00", DeliveryStatus.Removed),
            Start("305-3", "1001", "2026-02-04", "2026-02-10T08:00:00"),
        ],
    };

    public static TheoryData<string> Names => [.. Stories.Keys];

    [Fact]
    public async Task A_ends_with_a_request_that_was_honoured_and_an_assignment_that_counts_as_never_sent()
    {
        await using var municipality = await MunicipalSystem.StartAsync();
        var story = Story("A");

        var asked = await municipality.SendAsync(story[0]);
        Assert.Equal(ProviderRequestStatus.Open, Assert.Single(asked.ProviderRequests).Status);
        Assert.Contains(asked.OpenTerms, term => term.RuleId == "OP274");

        var assigned = await municipality.SendAsync(story[1]);
        Assert.Equal(ProviderRequestStatus.Accepted, Assert.Single(assigned.ProviderRequests).Status);
        Assert.DoesNotContain(assigned.OpenTerms, term => term.RuleId == "OP274");
        Assert.Equal(AssignmentStatus.Assigned, Assert.Single(assigned.Assignments).Status);

        var withdrawn = await municipality.SendAsync(story[2]);
        Assert.Equal(AssignmentStatus.Withdrawn, Assert.Single(withdrawn.Assignments).Status);
        Assert.DoesNotContain(withdrawn.OpenTerms, term => term.RuleId == "OP271");
    }

    [Fact]
    public async Task B_runs_from_its_start_to_its_stop()
    {
        await using var municipality = await MunicipalSystem.StartAsync();
        var story = Story("B");

        Assert.Contains((await municipality.SendAsync(story[0])).OpenTerms, term => term.RuleId == "OP271");
        var started = await municipality.SendAsync(story[1]);
        var stopped = await municipality.SendAsync(story[2]);

        Assert.Equal(AssignmentStatus.Started, Assert.Single(started.Assignments).Status);
        Assert.Equal(["OP090", "OP272"], started.OpenTerms.Select(term => term.RuleId));
        var ended = Assert.Single(stopped.Assignments);
        Assert.Equal((AssignmentStatus.Stopped, Day("2026-02-04"), Day("2026-06-30")), (ended.Status, ended.StartedOn, ended.StoppedOn));
        Assert.Equal(["OP090"], stopped.OpenTerms.Select(term => term.RuleId));
    }

    [Fact]
    public async Task C_leaves_the_new_assignment_alone_in_the_period()
    {
        await using var municipality = await MunicipalSystem.StartAsync();

        var file = await municipality.SendAllAsync(Story("C"));

        Assert.Equal(
            [("1001", AssignmentStatus.Withdrawn), ("1002", AssignmentStatus.Started)],
            file.Assignments.Select(assignment => (assignment.AssignmentNumber, assignment.Status)));
    }

    [Theory]
    [InlineData("E", "2026-02-06")]
    [InlineData("F", "2026-02-04")]
    public async Task E_and_F_end_with_the_start_that_was_told_last(string story, string day)
    {
        await using var municipality = await MunicipalSystem.StartAsync();
        var messages = Story(story);

        var takenBack = await municipality.SendAllAsync(messages.Take(3));
        var file = await municipality.SendAsync(messages[3]);

        Assert.Equal((AssignmentStatus.Assigned, null), (takenBack.Assignments.Single().Status, takenBack.Assignments.Single().StartedOn));
        Assert.Equal((AssignmentStatus.Started, Day(day)), (file.Assignments.Single().Status, file.Assignments.Single().StartedOn));
    }

    [Fact]
    public async Task A_client_moves_from_support_in_kind_to_a_budget()
    {
        await using var municipality = await MunicipalSystem.StartAsync();
        await municipality.SendAllAsync(Granted());
        await municipality.SendAsync(Assign("301-1", Assigned("1001", "2026-01-22T09:00:00", application: "a1")));
        await municipality.SendAsync(new ApplyRequest { ApplicationId = "a2", ReportId = "m1", Scheme = "wmo-begeleiding", NeedIds = { "n1" }, AppliedOn = Day("2026-01-19") });
        var budget = Grant(DeliveryForm.Budget, "2026-06-01", application: "a2");

        var tooEarly = await municipality.RefusesAsync(budget);
        await municipality.SendAsync(Assign("301-2", Assigned("1001", "2026-05-11T09:00:00", to: "2026-05-31", application: "a1")));
        var file = await municipality.SendAsync(budget);

        Assert.Equal("OP043", tooEarly.Reason);
        Assert.Equal(DeliveryForm.Budget, file.Applications.Single(application => application.ApplicationId == "a2").Decision.Form);
        Assert.Equal("OP043", (await municipality.RefusesAsync(Assign("301-3", Assigned("1001", "2026-05-12T09:00:00", to: "2026-06-01", application: "a1")))).Reason);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task In_every_order_and_twice_the_file_ends_the_same(string story)
    {
        await using var municipality = await MunicipalSystem.StartAsync();
        var expected = Comparable(await municipality.SendAllAsync(Stories[story], "in-order"));

        var number = 0;
        foreach (var order in Orders(Stories[story].Length))
        {
            var client = $"order-{number++}";
            var file = await DeliverAsync(municipality, [.. order.Concat(order).Select(index => Stories[story][index])], client);
            Assert.True(expected.Equals(Comparable(file)), $"Order {string.Join(' ', order)}:\n{Comparable(file)}\ninstead of\n{expected}");
        }

        Assert.Equal(Enumerable.Range(1, Stories[story].Length).Aggregate(1, (product, factor) => product * factor), number);
        municipality.Log.HasNoErrors();
    }

    private static IMessage[] Story(string letter) => Stories.Single(story => story.Key.StartsWith(letter, StringComparison.Ordinal)).Value;

    /// <summary>What a sender does: a message that is refused because another is missing goes again after the others.</summary>
    private static async Task<Client> DeliverAsync(MunicipalSystem municipality, IReadOnlyList<IMessage> messages, string client)
    {
        Client? file = null;
        for (var waiting = messages; waiting.Count > 0;)
        {
            var refused = new List<IMessage>();
            foreach (var message in waiting)
            {
                try
                {
                    file = await municipality.SendAsync(message, client);
                }
                catch (RpcException refusal) when (refusal.StatusCode is StatusCode.FailedPrecondition or StatusCode.NotFound)
                {
                    refused.Add(message);
                }
            }

            Assert.True(refused.Count < waiting.Count, $"{refused.Count} messages stay refused.");
            waiting = refused;
        }

        return file!;
    }

    /// <summary>The file without its own name and the number of its changes.</summary>
    private static Client Comparable(Client file)
    {
        var same = file.Clone();
        same.Client_ = null;
        same.Version = 0;
        foreach (var term in same.OpenTerms)
        {
            term.Client = null;
        }

        foreach (var assignment in same.Assignments)
        {
            assignment.CaseProvisionId = "";
        }

        return same;
    }

    private static IEnumerable<int[]> Orders(int length) => length == 0
        ? [[]]
        : Orders(length - 1).SelectMany(shorter => Enumerable.Range(0, length).Select(place => (int[])[.. shorter[..place], length - 1, .. shorter[place..]]));
}
