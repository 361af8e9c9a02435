using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Questions;

/// <summary>Simon's case asks the GP for a disorder and the employer for adapted work.</summary>
public class AnAnswer
{
    private static readonly Case Simon = SampleCases.Simon with
    {
        Needs = [SampleCases.Need("n1", "psych-treatment", ("health.classification", "burn-out")), .. SampleCases.Simon.Needs.Skip(1)],
        Parties = [.. SampleCases.Simon.Parties, new Party { Id = "ins", Role = "insurer", Service = "zvw" }, new Party { Id = "cl", Role = "client" }],
    };

    private static readonly IReadOnlyDictionary<string, AnswerQuestion> Rulebooks = Services.Asked.ToDictionary(service => service, service => (AnswerQuestion)(question => service switch
    {
        Services.Zvw => [WaitingFor("health.dsmDisorder", question.View.Needs.Single(need => need.Id == "n1").Facts, "n1", "gp-care")],
        Services.Uwv => [WaitingFor("work.adaptedWorkOffered", question.View.Facts, "n3", "zw-benefit")],
        _ => [],
    }));

    [Fact]
    public void It_is_recorded_with_who_gave_it_and_settles_the_question()
    {
        var simon = Asking();
        var changes = Answer(simon, "health.dsmDisorder", Value.Of("none"), "gp");
        simon.Settle();

        Assert.Equal("gp", Assert.Single(changes.OfType<FactsRecorded>()).Source);
        Assert.Equal(["work.adaptedWorkOffered"], simon.State.Plan!.Questions.Select(question => question.Fact));
        Assert.Equal(2, simon.State.Plan.Version);
    }

    [Fact]
    public void It_asks_again_only_the_services_whose_view_it_changes()
    {
        var ofWork = Answer(Asking(), "work.adaptedWorkOffered", Value.Of(true), "emp");
        var ofHealth = Answer(Asking(), "health.dsmDisorder", Value.Of("none"), "gp");

        Assert.Equal(["uwv", "employer"], ofWork.OfType<CoverageAsked>().Select(asked => asked.Service));
        Assert.Equal(["zvw"], ofHealth.OfType<CoverageAsked>().Select(asked => asked.Service));
    }

    [Theory]
    [InlineData("health.dsmDisorder", "gp", true)]
    [InlineData("health.dsmDisorder", "huisarts", true)]
    [InlineData("health.dsmDisorder", "cl", true)]
    [InlineData("health.dsmDisorder", "regiebehandelaar", true)]
    [InlineData("health.dsmDisorder", "zvw", true)]
    [InlineData("health.dsmDisorder", "ins", false)]
    [InlineData("health.dsmDisorder", "emp", false)]
    [InlineData("health.dsmDisorder", "ba", false)]
    [InlineData("health.dsmDisorder", "uwv", false)]
    [InlineData("health.dsmDisorder", "casemanager", false)]
    [InlineData("work.adaptedWorkOffered", "emp", true)]
    [InlineData("work.adaptedWorkOffered", "ba", true)]
    [InlineData("work.adaptedWorkOffered", "client", true)]
    [InlineData("work.adaptedWorkOffered", "gp", false)]
    [InlineData("work.adaptedWorkOffered", "gemeente", false)]
    public void It_is_taken_from_whoever_may_lawfully_give_it(string fact, string by, bool may)
    {
        var simon = Asking();
        var value = fact == "health.dsmDisorder" ? Value.Of("none") : Value.Of(true);
        if (may)
        {
            Answer(simon, fact, value, by);
            return;
        }

        var refused = Assert.IsType<CaseError.Forbidden>(simon.Refuses(at => new CaseCommand.GiveAnswer(Placed(fact, value), by) { At = at }));
        Assert.Equal("NO_LAWFUL_SOURCE", refused.Type);
        Assert.Contains(fact == "health.dsmDisorder" ? "gp (" : "emp (", refused.Text.Nl, StringComparison.Ordinal);
    }

    [Fact]
    public void Not_known_moves_the_question_to_the_end_with_a_mark_and_asks_nobody()
    {
        var simon = Asking();
        var first = simon.State.Plan!.Questions[0].Fact;
        var by = first == "health.dsmDisorder" ? "gp" : "emp";

        var changes = Answer(simon, first, Value.Unknown, by);

        Assert.Empty(changes.OfType<CoverageAsked>());
        Assert.Equal((first, by), (simon.State.Plan!.Questions[^1].Fact, simon.State.Plan.Questions[^1].NotKnownTo));
        Assert.Contains(simon.State.PlanSince!.Difference, line => line.En == $"Not known to {by}: {SampleCases.Vocabulary.FactById[first].QuestionEn}");
        Assert.Equal(2, simon.State.Plan.Version);
    }

    [Fact]
    public void What_one_does_not_know_is_asked_in_front_again_of_somebody_else()
    {
        var simon = Asking();
        Answer(simon, "health.dsmDisorder", Value.Unknown, "gp");
        Assert.Equal("gp", Of(simon, "health.dsmDisorder").NotKnownTo);

        simon.Do(at => new CaseCommand.RecordParty(new PartyEntry { Id = "rb", Role = "regiebehandelaar", Service = "zvw" }) { At = at });
        simon.Do(at => new CaseCommand.RecordProvision(new ProvisionEntry { Id = "p2", Scheme = "gbggz", Domain = "zvw", Status = "running", NeedIds = ["n1"], ProviderId = "rb" }) { At = at });
        simon.Settle();

        Assert.Equal(("rb", null), (Of(simon, "health.dsmDisorder").AskedOf, Of(simon, "health.dsmDisorder").NotKnownTo));
    }

    [Fact]
    public void What_was_known_in_between_is_asked_anew()
    {
        var simon = Asking();
        Answer(simon, "health.dsmDisorder", Value.Unknown, "gp");
        simon.Do(at => ACase.Fact(at, "health.dsmDisorder", Value.Of("none"), ItemKind.Need, "n1"));
        simon.Settle();
        simon.Do(at => ACase.Fact(at, "health.dsmDisorder", Value.Unknown, ItemKind.Need, "n1"));
        simon.Settle();

        Assert.Null(Of(simon, "health.dsmDisorder").NotKnownTo);
    }

    [Fact]
    public void What_is_not_asked_cannot_be_answered() =>
        Assert.Equal(new CaseError.NoSuchItem("question"), Asking().Refuses(at => new CaseCommand.GiveAnswer(new PlacedFact("work.wish", Value.Of("yes")), "cl") { At = at }));

    [Fact]
    public void All_faults_of_an_answer_are_told_at_once()
    {
        var error = Assert.IsType<CaseError.Invalid>(Asking().Refuses(at =>
            new CaseCommand.GiveAnswer(new PlacedFact("health.dsmDisorder", Value.Of("perhaps"), ItemKind.Need, "n9"), "nobody") { At = at }));

        Assert.Equal(["answer.need_id", "answer.fact.value", "by"], error.Faults.Select(fault => fault.Field));
    }

    private static ACase Asking()
    {
        var simon = new ACase(rulebooks: Rulebooks).Open(Simon).Settle();
        Assert.Equal(2, simon.State.Plan!.Questions.Count);
        return simon;
    }

    private static IReadOnlyList<CaseChange> Answer(ACase simon, string fact, Value value, string by) =>
        simon.Do(at => new CaseCommand.GiveAnswer(Placed(fact, value), by) { At = at });

    private static PlacedFact Placed(string fact, Value value) =>
        fact == "health.dsmDisorder" ? new(fact, value, ItemKind.Need, "n1") : new(fact, value);

    private static PlanQuestion Of(ACase simon, string fact) => simon.State.Plan!.Questions.Single(question => question.Fact == fact);

    private static Coverage WaitingFor(string fact, FactSet facts, string need, string scheme) =>
        facts[SampleCases.Fact(fact)].IsKnown ? Rows.Row(need, scheme, Outcome.NotCovered) : Rows.Row(need, scheme, Outcome.Undetermined, missing: [fact]);
}
