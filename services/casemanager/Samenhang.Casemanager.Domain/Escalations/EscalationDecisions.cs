using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Escalations;

/// <summary>
/// Whether a case may be brought to a table. Each level comes only after the one before gave no solution. Which level was tried is a fact
/// of the case (coord.escalationClosedLevel), so that what was tried before the case was opened counts too. Pure.
/// </summary>
internal sealed class EscalationDecisions(Vocabulary vocabulary, StoppedEvents stopped)
{
    private const string Requested = "coord.escalationRequestedLevel";
    private const string Tried = "coord.escalationClosedLevel";
    private const string OpenerFact = "coord.escalationOpener";
    private const string RegionHasTables = "VWS-B18";
    private const int LongestText = 2000;

    /// <summary>Brings the case to a table: the changes that follow, or why not.</summary>
    public (List<CaseChange>? Changes, CaseError? Error) Open(CaseState state, CaseCommand.OpenEscalation open)
    {
        var today = state.Opened!.AsOf ?? open.At.Day;
        var on = open.On ?? today;
        var faults = Faults(state, open.By, on, today, open.Text);
        if (open.Level is < 1 or > EscalationLadder.Highest)
        {
            faults.Add(new("level", new($"Een niveau is 1 tot {EscalationLadder.Highest}.", $"A level is 1 to {EscalationLadder.Highest}.")));
        }

        if (!vocabulary.FactById[OpenerFact].Values!.Contains(open.Opener))
        {
            faults.Add(new("opener", new("Opschalen vraagt een aanbieder, een verzekeraar of de cliënt.", "A provider, an insurer or the client asks for it.")));
        }

        if (faults.Count > 0)
        {
            return (null, new CaseError.Invalid(faults));
        }

        if (state.Escalations.Open is { } standing)
        {
            return (null, Forbidden("ESCALATION_OPEN", $"Niveau {standing.Opened.Level} kijkt nog naar de casus.", $"Level {standing.Opened.Level} still looks at the case."));
        }

        var tried = state.ToDocument(today).Facts.GetValueOrDefault(Tried) is { Kind: ValueKind.Number } known ? (int)known.Number : 0;
        if (open.Level > tried + 1)
        {
            return (null, Forbidden(
                "ESCALATION_SKIPPED",
                $"Er wordt een stap overgeslagen: niveau {tried + 1} komt eerst. Opschalen mag pas als het vorige niveau geen oplossing gaf (regel VWS-58).",
                $"A step is skipped: level {tried + 1} comes first. Escalate only when the level before gave no solution (rule VWS-58)."));
        }

        // The tables above the regional ones are a proposal: only for a region that has them.
        if (open.Level > EscalationLadder.HighestThatExists && !state.Opened.Options.Contains(RegionHasTables))
        {
            return (null, Forbidden(
                "ESCALATION_NOT_IN_REGION",
                $"Deze regio heeft geen tafel van niveau {open.Level}. Het is een voorstel (regel VWS-58).",
                $"This region has no table of level {open.Level}. It is a proposal (rule VWS-58)."));
        }

        List<CaseChange> changes =
        [
            new EscalationOpened(open.Level, open.Opener, on, open.By, open.Text, open.At.Instant),
            new FactsRecorded([new(Requested, Value.Of(open.Level)), new(OpenerFact, Value.Of(open.Opener))], open.By, null, open.At.Instant),
            new CaseEventRecorded(new CaseEvent { Type = "escalation-opened", Date = on }),
        ];
        return stopped.WhyNot(state, changes, open.At) is { } error ? (null, error) : (changes, null);
    }

    /// <summary>Ends what a table does: the changes that follow, or why not.</summary>
    public (List<CaseChange>? Changes, CaseError? Error) Close(CaseState state, CaseCommand.CloseEscalation close)
    {
        var today = state.Opened!.AsOf ?? close.At.Day;
        var on = close.On ?? today;
        var faults = Faults(state, close.By, on, today, close.Text);
        var standing = state.Escalations.Open;
        if (standing is not null && on < standing.Opened.On)
        {
            faults.Add(new("on", new("Deze dag ligt voor het begin van de opschaling.", "This day lies before the escalation began.")));
        }

        if (faults.Count > 0)
        {
            return (null, new CaseError.Invalid(faults));
        }

        if (standing is null)
        {
            return (null, Forbidden("ESCALATION_NOT_OPEN", "De casus ligt bij geen tafel.", "The case is at no table."));
        }

        // What was solved begins at level 1 again when the case gets stuck once more.
        var level = standing.Opened.Level;
        IReadOnlyList<PlacedFact> facts = close.Solved
            ? [new(Requested, Value.Unknown), new(Tried, Value.Unknown), new(OpenerFact, Value.Unknown)]
            : [new(Tried, Value.Of(level))];
        return (
            [
                new EscalationClosed(level, close.Solved, on, close.By, close.Text, close.At.Instant),
                new FactsRecorded(facts, close.By, null, close.At.Instant),
                new CaseEventRecorded(new CaseEvent { Type = "escalation-closed", Date = on }),
            ],
            null);
    }

    private List<FieldFault> Faults(CaseState state, string by, DateOnly on, DateOnly today, string? text)
    {
        var faults = new List<FieldFault>();
        if (!new WhoIsWho(vocabulary, state).Knows(by))
        {
            faults.Add(new("by", new($"'{by}' is geen partij van deze casus, geen rol en geen domein.", $"'{by}' is no party of this case, no role and no domain.")));
        }

        if (on > today)
        {
            faults.Add(new("on", new("Deze dag ligt in de toekomst.", "This day lies in the future.")));
        }

        if (text?.Length > LongestText)
        {
            faults.Add(new("text", new($"De tekst is te lang: hoogstens {LongestText} tekens.", $"The text is too long: at most {LongestText} characters.")));
        }

        return faults;
    }

    private static CaseError.Forbidden Forbidden(string type, string nl, string en) => new(type, new Sentence(nl, en));
}
