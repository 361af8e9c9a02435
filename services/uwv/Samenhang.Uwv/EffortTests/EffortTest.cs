using Samenhang.Domains.Records;
using Samenhang.Domains;
using Samenhang.Language;
using Samenhang.Messages.Cases;
using Samenhang.Platform.Errors;
using Samenhang.Uwv.Records;
using System.Text.Json.Serialization;

namespace Samenhang.Uwv.EffortTests;

/// <summary>The test of what employer and employee did for the return to work (RIV-toets).</summary>
public sealed record EffortTest : IRecord
{
    /// <inheritdoc/>
    public static string Kind => "effort-test";

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string? CasePseudonym { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public string? OwnReference => null;

    /// <summary>The day on which it began.</summary>
    public required DateOnly StartedOn { get; init; }

    /// <summary>The day of the judgement, or null.</summary>
    public DateOnly? JudgedOn { get; init; }

    /// <summary>Whether the effort was enough, or null.</summary>
    public bool? Sufficient { get; init; }

    /// <summary>The wage sanction, or null.</summary>
    public Sanction? Sanction { get; init; }
}

/// <summary>A wage sanction; both days inclusive.</summary>
public sealed record Sanction(DateOnly From, DateOnly To);

/// <summary>What happened to a test.</summary>
public abstract record EffortTestEvent(EffortTest After) : RecordEvent<EffortTest>(After)
{
    /// <summary>It began.</summary>
    public sealed record Started(EffortTest After) : EffortTestEvent(After);

    /// <summary>It was judged.</summary>
    public sealed record Judged(EffortTest After) : EffortTestEvent(After);

    /// <summary>The sanction was shortened.</summary>
    public sealed record SanctionShortened(EffortTest After) : EffortTestEvent(After);
}

/// <summary>What may happen to a test, and when. Pure.</summary>
public static class EffortTestDecisions
{
    /// <summary>Records the result. Too little effort leads to a sanction, of the length that the law allows.</summary>
    /// <param name="current">The test.</param>
    /// <param name="on">The day.</param>
    /// <param name="sanction">The sanction; null = the effort was enough.</param>
    /// <param name="vocabulary">The numbers of the law.</param>
    public static Result<EffortTestEvent> Judge(EffortTest current, DateOnly on, Sanction? sanction, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var weeks = vocabulary.Of("wvp.wageSanctionWeeks", on).Number;
        return current.JudgedOn is not null ? Forbidden.Because("EFFORT_JUDGED", Name(current), "Deze toets is al beoordeeld.", "This test was judged already.")
            : on < current.StartedOn ? Forbidden.TooEarly(Name(current), current.StartedOn)
            : sanction is not null && sanction.To >= sanction.From.AddDays((int)(7 * weeks)) ? Forbidden.Because("SANCTION_TOO_LONG", Name(current),
                $"Een loonsanctie duurt ten hoogste {weeks} weken.", $"A wage sanction lasts at most {weeks} weeks.")
            : new EffortTestEvent.Judged(current with { JudgedOn = on, Sufficient = sanction is null, Sanction = sanction });
    }

    /// <summary>Shortens the sanction.</summary>
    public static Result<EffortTestEvent> Shorten(EffortTest current, DateOnly to)
    {
        ArgumentNullException.ThrowIfNull(current);
        return current.Sanction is not { } sanction ? Forbidden.Because("NO_SANCTION", Name(current), "Er is geen loonsanctie.", "There is no wage sanction.")
            : to >= sanction.To ? Forbidden.Because("SANCTION_NOT_SHORTER", Name(current), "De loonsanctie eindigt al eerder of op deze dag.", "The wage sanction ends before or on this day already.")
            : to < sanction.From ? Forbidden.TooEarly(Name(current), sanction.From)
            : new EffortTestEvent.SanctionShortened(current with { Sanction = sanction with { To = to } });
    }

    private static string Name(EffortTest test) => $"effort-test/{test.Id}";
}

/// <summary>What a test says about its case.</summary>
internal static class EffortTestNews
{
    /// <summary>The sanction holds until its last day; a shortened one means that the employer has made good what was missing.</summary>
    public static CaseNews Of(EffortTestEvent happened)
    {
        var test = happened.After;
        return new CaseNews
        {
            Facts = test.Sufficient is { } sufficient
                ?
                [
                    Said.Fact("work.reintegrationEffortSufficient", happened is EffortTestEvent.SanctionShortened || sufficient),
                    Said.Fact("work.wageSanction", happened is not EffortTestEvent.SanctionShortened && test.Sanction is not null),
                ]
                : [],
            Events = happened is EffortTestEvent.Judged
                ? [Said.Event("uwv-effort-test", test.JudgedOn!.Value), .. test.Sanction is { } sanction ? [Said.Event("wage-sanction", sanction.From)] : Array.Empty<CaseEvent>()]
                : [],
            Evidence = happened is EffortTestEvent.Judged
                ? [new EvidenceView("decision-letter", test.JudgedOn, null, [Said.Fact("scheme", "employer-wage"), Said.Fact("result", test.Sanction is null ? "sufficient" : "wage-sanction")])]
                : [],
        };
    }
}
