using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>The plan proposes; people accept and decline, set goals, agree and appoint, several of them at once.</summary>
public sealed class WhenPeopleWorkWithThePlan(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private static readonly string[] Both = ["emp", "casemanager"];

    private CasemanagerService.CasemanagerServiceClient Casemanager => fixture.Casemanager;

    private WorkService.WorkServiceClient Work => new(fixture.System.Casemanager);

    public void Dispose() => fixture.Log.HasNoErrors();

    [Fact]
    public async Task A_proposal_becomes_an_action_another_is_declined_and_older_versions_stay_as_they_were()
    {
        var (caseId, first) = await fixture.PlannedAsync(Requests.BurnOut());
        Assert.All(first.Actions, action => Assert.Equal(ProposalStatus.Open, action.ProposalStatus));
        Assert.Equal(first.Actions.Count, first.Actions.Select(action => action.ProposalKey).Distinct().Count());

        var accept = new AcceptProposalRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, By = "emp", ProposalKey = first.Actions[0].ProposalKey, Owner = "emp", Due = Requests.Day(2016, 11, 1),
        };
        var accepted = await Work.AcceptProposalAsync(accept);
        Assert.Equal(accepted, await Work.AcceptProposalAsync(accept));
        await Work.DeclineProposalAsync(new DeclineProposalRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, By = "casemanager", ProposalKey = first.Actions[1].ProposalKey, Reason = "De cliënt regelt dit zelf.",
        });
        var done = accepted.Item.Content.Clone();
        done.Action.Status = WorkStatus.Done;
        done.Action.Note = "Gebeld op 3 oktober.";
        await Work.ChangeWorkAsync(new ChangeWorkRequest { RequestId = Requests.NewId(), CaseId = caseId, By = "emp", ItemId = accepted.Item.ItemId, ItemVersion = 1, Content = done });

        var now = await PlanAsync(caseId);
        Assert.Equal(4, now.Version);
        Assert.Equal((ProposalStatus.Accepted, accepted.Item.ItemId), (now.Actions[0].ProposalStatus, now.Actions[0].WorkItemId));
        Assert.Equal((ProposalStatus.Declined, "De cliënt regelt dit zelf."), (now.Actions[1].ProposalStatus, now.Actions[1].DeclinedBecause));
        Assert.Equal(done, Assert.Single(now.Work.Items).Content);
        Assert.Contains(now.Difference.Lines, line => line.Nl.Contains("status was gepland, is nu gedaan", StringComparison.Ordinal));
        Assert.Contains(now.Difference.Lines, line => line.En.Contains("status was planned, is now done", StringComparison.Ordinal));
        var then = await PlanAsync(caseId, 2);
        Assert.Equal(accepted.Item, Assert.Single(then.Work.Items));
        Assert.Equal(ProposalStatus.Open, then.Actions[1].ProposalStatus);
        Assert.Equal(first, await PlanAsync(caseId, 1));

        await Casemanager.RecordFactsAsync(new RecordFactsRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, Facts = { Requests.OfNeed("n1", "health.dsmDisorder", Requests.Code("suspected")) },
        });
        var later = await Casemanager.PlanAsync(caseId, 5);
        Assert.Equal(now.Work, later.Work);
    }

    [Fact]
    public async Task Goals_evaluations_agreements_and_contact_points_stand_in_the_plan()
    {
        var (caseId, _) = await fixture.PlannedAsync(Requests.BurnOut());

        var goal = await AddAsync(caseId, new WorkContent { Goal = new WorkGoal { NeedId = "n2", Text = "Drie dagen aan het werk", Target = Requests.Day(2017, 1, 1) } });
        await AddAsync(caseId, new WorkContent
        {
            Evaluation = new WorkEvaluation { GoalId = goal.ItemId, On = Requests.Day(2016, 12, 1), Result = EvaluationResult.Partly, Next = Requests.Day(2017, 1, 15) },
        });
        await AddAsync(caseId, new WorkContent
        {
            Agreement = new WorkAgreement
            {
                Sides = { new AgreementSide { Organisation = "Vervoer Noord", PartyId = "emp" }, new AgreementSide { Organisation = "Arbodienst De Brug", PartyId = "emp" } },
                About = "Opbouw van uren", From = Requests.Day(2016, 10, 1),
            },
        });
        await AddAsync(caseId, new WorkContent { ContactPoint = new WorkContactPoint { Organisation = "Vervoer Noord", PartyId = "emp", About = "roosters" } });

        var plan = await PlanAsync(caseId);
        Assert.Equal(
            [WorkContent.KindOneofCase.Goal, WorkContent.KindOneofCase.Evaluation, WorkContent.KindOneofCase.Agreement, WorkContent.KindOneofCase.ContactPoint],
            plan.Work.Items.Select(item => item.Content.KindCase));
        Assert.Equal(5, plan.Version);
    }

    [Fact]
    public async Task A_coordinator_is_appointed_and_the_finding_goes()
    {
        var request = Requests.BurnOut();
        request.Provisions[0].Status = ProvisionStatus.Running;
        request.Provisions.Add(new Provision { ProvisionId = "p2", Scheme = "employer-reintegration-track1", Domain = Domain.Employer, Status = ProvisionStatus.Running, NeedIds = { "n2" } });
        request.Parties.Add(new Party { PartyId = "gp", Role = "huisarts", Domain = Domain.Zvw });
        var (caseId, plan) = await fixture.PlannedAsync(request);
        Assert.Contains(plan.Findings, finding => finding.FlagId == "coordination.no-overall-coordinator");

        await Work.AppointCoordinatorAsync(new AppointCoordinatorRequest { RequestId = Requests.NewId(), CaseId = caseId, By = "casemanager", PartyId = "gp", SeenPartyId = "" });

        var next = await Casemanager.PlanAsync(caseId, 2);
        Assert.Equal("gp", next.Coordinator);
        Assert.DoesNotContain(next.Findings, finding => finding.FlagId == "coordination.no-overall-coordinator");
        var stale = await Work.AppointCoordinatorAsync(new AppointCoordinatorRequest { RequestId = Requests.NewId(), CaseId = caseId, By = "casemanager", PartyId = "emp", SeenPartyId = "" })
            .RefusedAsync(StatusCode.Aborted);
        Assert.Equal(new StaleAppointment { YourPartyId = "emp", CurrentPartyIds = { "gp" } }, stale.Detail<StaleAppointment>());
    }

    [Fact]
    public async Task A_director_is_appointed_and_the_finding_goes()
    {
        var request = Requests.BurnOut();
        request.Provisions[0].Status = ProvisionStatus.Running;
        request.Parties.Add(new Party { PartyId = "psy", Role = "co-practitioner", Profession = "gz-psycholoog", Domain = Domain.Zvw });
        var (caseId, plan) = await fixture.PlannedAsync(request);
        Assert.Contains(plan.Findings, finding => finding.FlagId == "coordination.no-director");

        await Work.AppointDirectorAsync(new AppointDirectorRequest { RequestId = Requests.NewId(), CaseId = caseId, By = "casemanager", ProvisionId = "p1", PartyId = "psy" });

        var next = await Casemanager.PlanAsync(caseId, 2);
        Assert.DoesNotContain(next.Findings, finding => finding.FlagId == "coordination.no-director");
    }

    [Fact]
    public async Task What_is_wrong_with_work_is_told()
    {
        var (caseId, plan) = await fixture.PlannedAsync(Requests.BurnOut());

        var invalid = await Work.AddWorkAsync(new AddWorkRequest { RequestId = Requests.NewId(), CaseId = caseId, Content = new WorkContent { Action = new WorkAction { Owner = "emp", Due = Requests.Day(2016, 13, 1) } } })
            .RefusedAsync(StatusCode.InvalidArgument);
        var empty = await Work.AddWorkAsync(new AddWorkRequest { RequestId = Requests.NewId(), CaseId = caseId, By = "emp" }).RefusedAsync(StatusCode.InvalidArgument);
        var missing = await Work.AcceptProposalAsync(new AcceptProposalRequest { RequestId = Requests.NewId(), CaseId = caseId, By = "emp", ProposalKey = "0123" }).RefusedAsync(StatusCode.NotFound);

        Assert.Equal(["by", "content.action.due", "content.action.text"], invalid.ViolatedFields());
        Assert.Equal(["content"], empty.ViolatedFields());
        Assert.Equal("proposal", missing.Detail<Google.Rpc.ErrorInfo>().Metadata["kind"]);
        Assert.Equal(plan.Version, (await PlanAsync(caseId)).Version);
    }

    [Fact]
    public async Task Both_sides_of_a_conflict_fit_in_the_details_however_long_they_are()
    {
        var (caseId, _) = await fixture.PlannedAsync(Requests.BurnOut());
        var item = await AddAsync(caseId, Long('a'));
        await Work.ChangeWorkAsync(Change(caseId, "emp", item, Long('é')));

        var refused = await Work.ChangeWorkAsync(Change(caseId, "casemanager", item, Long('ü'))).RefusedAsync(StatusCode.Aborted);

        var stale = refused.Detail<StaleWorkItem>();
        Assert.True(stale.Shortened);
        Assert.StartsWith("üü", stale.Yours.Action.Text, StringComparison.Ordinal);
        Assert.StartsWith("éé", stale.Current.Content.Action.Text, StringComparison.Ordinal);
        Assert.Equal(("2", 2), (refused.Detail<Google.Rpc.ErrorInfo>().Metadata["current_version"], stale.Current.Version));
        Assert.Equal(2000, (await PlanAsync(caseId)).Work.Items.Single().Content.Action.Text.Length);

        static WorkContent Long(char letter) => new() { Action = new WorkAction { Text = new string(letter, 2000), Owner = "emp", Status = WorkStatus.Planned, Note = new string(letter, 2000) } };
    }

    /// <summary>
    /// Each of two people writes five hundred times, now in the same piece of work, now in another. Who comes second looks at the other side
    /// and writes again on top of it. At the end every edit is in the history, exactly once.
    /// </summary>
    [Fact]
    public async Task Two_casemanagers_edit_one_plan_at_once_a_thousand_times_and_nothing_is_lost()
    {
        const int Each = 500;
        var (caseId, _) = await fixture.PlannedAsync(Requests.BurnOut());
        var items = new List<WorkItem>();
        for (var i = 0; i < 4; i++)
        {
            items.Add(await AddAsync(caseId, Action($"start-{i}")));
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var conflicts = await Task.WhenAll(Both.Select(who => Task.Run(() => EditAsync(who))));

        var history = await HistoryAsync(caseId);
        var edits = history.Where(entry => entry.Item.Version > 1).ToList();
        Assert.Equal(
            Both.SelectMany(who => Enumerable.Range(0, Each).Select(n => $"{who}-{n}")).Order(StringComparer.Ordinal),
            edits.Select(entry => entry.Item.Content.Action.Text).Order(StringComparer.Ordinal));
        Assert.All(items, item => Assert.Equal(
            Enumerable.Range(1, edits.Count(entry => entry.Item.ItemId == item.ItemId) + 1), history.Where(entry => entry.Item.ItemId == item.ItemId).Select(entry => entry.Item.Version)));
        Assert.Equal(Enumerable.Range(2, history.Count), history.Select(entry => entry.PlanVersion));
        Assert.True(conflicts.Sum() > 0, "Nobody ever met the other: this tried nothing.");
        Assert.Equal(history[^1].PlanVersion, (await PlanAsync(caseId)).Version);

        async Task<int> EditAsync(string who)
        {
            var met = 0;
            var seen = items.ToDictionary(item => item.ItemId);
            for (var n = 0; n < Each; n++)
            {
                var item = seen[items[n / 3 % items.Count].ItemId];
                while (true)
                {
                    try
                    {
                        seen[item.ItemId] = (await Work.ChangeWorkAsync(Change(caseId, who, item, Action($"{who}-{n}")), cancellationToken: limit.Token)).Item;
                        break;
                    }
                    catch (RpcException refused) when (refused.StatusCode == StatusCode.Aborted)
                    {
                        var stale = refused.Detail<StaleWorkItem>();
                        Assert.Equal($"{who}-{n}", stale.Yours.Action.Text);
                        Assert.True(stale.Current.Version > item.Version);
                        item = stale.Current;
                        met++;
                    }
                }
            }

            return met;
        }
    }

    private static WorkContent Action(string text) => new() { Action = new WorkAction { Text = text, Owner = "emp", Status = WorkStatus.Planned } };

    private static ChangeWorkRequest Change(string caseId, string by, WorkItem seen, WorkContent content) =>
        new() { RequestId = Requests.NewId(), CaseId = caseId, By = by, ItemId = seen.ItemId, ItemVersion = seen.Version, Content = content };

    private async Task<WorkItem> AddAsync(string caseId, WorkContent content) =>
        (await Work.AddWorkAsync(new AddWorkRequest { RequestId = Requests.NewId(), CaseId = caseId, By = "emp", Content = content })).Item;

    private async Task<Plan> PlanAsync(string caseId, int version = 0) => (await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId, PlanVersion = version })).Plan;

    private async Task<IReadOnlyList<WorkHistoryEntry>> HistoryAsync(string caseId)
    {
        var all = new List<WorkHistoryEntry>();
        long after = 0;
        do
        {
            var page = await Work.ListWorkHistoryAsync(new ListWorkHistoryRequest { CaseId = caseId, AfterVersion = after, PageSize = 400 });
            all.AddRange(page.Entries);
            after = page.NextAfterVersion;
        }
        while (after > 0);
        return all;
    }
}
