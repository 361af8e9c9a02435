using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Cases;

/// <summary>A case with its log, and the services that answer it.</summary>
internal sealed class ACase
{
    private static readonly CaseDecisions Simple = new(SampleCases.Vocabulary, Rows.Assessor());

    private readonly IReadOnlyDictionary<string, AnswerQuestion> rulebooks;
    private readonly CaseDecisions decisions;
    private int minute;

    /// <summary>A case of a casemanager and services; by default those whose answers change with whatever they see.</summary>
    public ACase(CaseDecisions? decisions = null, IReadOnlyDictionary<string, AnswerQuestion>? rulebooks = null)
    {
        this.decisions = decisions ?? Simple;
        this.rulebooks = rulebooks ?? Rows.AllRulebooks;
    }

    public List<CaseChange> Log { get; } = [];

    public CaseState State { get; private set; } = CaseState.None;

    /// <summary>The day on which the next command comes.</summary>
    public DateOnly Day { get; set; } = new(2016, 10, 1);

    public Moment Now => new(new DateTimeOffset(2016, 10, 1, 9, 0, 0, TimeSpan.Zero).AddMinutes(minute++), Day);

    /// <summary>The questions that were asked and whose answers are still under way.</summary>
    public List<CoverageAsked> UnderWay { get; } = [];

    public static ACase Opened(Case content, DateOnly? asOf = null)
    {
        return new ACase().Open(content, asOf);
    }

    public ACase Open(Case content, DateOnly? asOf = null)
    {
        Day = content.AsOf;
        Do(at => new CaseCommand.Open { At = at, CaseId = content.Id, Title = "Een casus", AsOf = asOf, Content = CaseDocument.Of(content) });
        return this;
    }

    /// <summary>The changes that followed; fails on a refusal.</summary>
    public IReadOnlyList<CaseChange> Do(Func<Moment, CaseCommand> command)
    {
        var decision = decisions.Decide(State, command(Now));
        Assert.True(decision is Decision.Accepted, decision is Decision.Refused { Error: CaseError.Invalid invalid } ? string.Join('\n', invalid.Faults) : decision.ToString());
        var changes = ((Decision.Accepted)decision).Changes;
        Log.AddRange(changes);
        State = changes.Aggregate(State, CaseState.Evolve);
        UnderWay.AddRange(changes.OfType<CoverageAsked>());
        return changes;
    }

    public CaseError Refuses(Func<Moment, CaseCommand> command) =>
        Assert.IsType<Decision.Refused>(decisions.Decide(State, command(Now))).Error;

    /// <summary>The answer to a question arrives; it may arrive again.</summary>
    public IReadOnlyList<CaseChange> Answer(CoverageAsked asked) =>
        Do(at => new CaseCommand.TakeAnswer(asked.Round, asked.Service, rulebooks[asked.Service](new ServiceQuestion(asked.View.ToCase(SampleCases.Vocabulary), asked.Suggested))) { At = at });

    /// <summary>All answers arrive, in the order of asking, until nobody is asked any more.</summary>
    public ACase Settle()
    {
        while (UnderWay.Count > 0)
        {
            var next = UnderWay[0];
            UnderWay.RemoveAt(0);
            Answer(next);
        }

        return this;
    }

    public static CaseCommand.RecordFacts Fact(Moment at, string fact, Value value, ItemKind on = ItemKind.Case, string? item = null, DateOnly? from = null) =>
        new([new PlacedFact(fact, value, on, item)], "casemanager", from) { At = at };
}
