using Samenhang.Domains.Records;
using Samenhang.Domains;
using Samenhang.Language;
using Samenhang.Messages.Cases;
using Samenhang.Platform.Errors;
using Samenhang.Uwv.Records;
using System.Text.Json.Serialization;

namespace Samenhang.Uwv.Unemployment;

/// <summary>The guidance of somebody with a WW benefit.</summary>
public sealed record WwGuidance : IRecord
{
    /// <inheritdoc/>
    public static string Kind => "ww-guidance";

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string? CasePseudonym { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public string? OwnReference => null;

    /// <summary>The first day of the WW.</summary>
    public required DateOnly WwStartedOn { get; init; }

    /// <summary>The profile.</summary>
    public WwProfile Profile { get; init; }

    /// <summary>The day on which the profile was chosen, or null.</summary>
    public DateOnly? ProfileChosenOn { get; init; }

    /// <summary>The talks that were held, in the order of their days.</summary>
    public IReadOnlyList<DateOnly> TalksOn { get; init; } = [];

    /// <summary>The last day, or null.</summary>
    public DateOnly? EndedOn { get; init; }
}

/// <summary>The profile of the WW service.</summary>
public enum WwProfile
{
    /// <summary>Not chosen yet.</summary>
    Undecided,

    /// <summary>Basic.</summary>
    Basic,

    /// <summary>Intensive.</summary>
    Intensive,
}

/// <summary>What happened in the guidance.</summary>
public abstract record WwGuidanceEvent(WwGuidance After) : RecordEvent<WwGuidance>(After)
{
    /// <summary>It began.</summary>
    public sealed record Started(WwGuidance After) : WwGuidanceEvent(After);

    /// <summary>The profile was chosen.</summary>
    public sealed record ProfileChosen(WwGuidance After) : WwGuidanceEvent(After);

    /// <summary>A talk was held.</summary>
    public sealed record TalkHeld(WwGuidance After, DateOnly On) : WwGuidanceEvent(After);

    /// <summary>It ended.</summary>
    public sealed record Ended(WwGuidance After) : WwGuidanceEvent(After);
}

/// <summary>What may happen in the guidance, and when. Pure.</summary>
public static class WwGuidanceDecisions
{
    /// <summary>Chooses the profile; it may be chosen anew.</summary>
    public static Result<WwGuidanceEvent> Choose(WwGuidance current, WwProfile profile, DateOnly on) => Running(current, on)
        .Map<WwGuidanceEvent>(running => new WwGuidanceEvent.ProfileChosen(running with { Profile = profile, ProfileChosenOn = on }));

    /// <summary>Records a talk.</summary>
    public static Result<WwGuidanceEvent> Talk(WwGuidance current, DateOnly on) => Running(current, on).Then<WwGuidanceEvent>(running =>
        running.TalksOn.Contains(on)
            ? Forbidden.Because("TALK_RECORDED", Name(running), "Dit gesprek is al vastgelegd.", "This talk was recorded already.")
            : new WwGuidanceEvent.TalkHeld(running with { TalksOn = [.. running.TalksOn.Append(on).Order()] }, on));

    /// <summary>Ends it.</summary>
    public static Result<WwGuidanceEvent> End(WwGuidance current, DateOnly on) => Running(current, on)
        .Map<WwGuidanceEvent>(running => new WwGuidanceEvent.Ended(running with { EndedOn = on }));

    private static Result<WwGuidance> Running(WwGuidance current, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(current);
        return current.EndedOn is not null ? Forbidden.Because("GUIDANCE_ENDED", Name(current), "Deze begeleiding is al geëindigd.", "This guidance has ended already.")
            : on < current.WwStartedOn ? Forbidden.TooEarly(Name(current), current.WwStartedOn)
            : current;
    }

    private static string Name(WwGuidance guidance) => $"ww-guidance/{guidance.Id}";
}

/// <summary>The calendar of the WW (002, lines 6136-6152 and 6586-6604). Pure.</summary>
public static class WwCalendar
{
    /// <summary>
    /// The last days of the talks that were not held: in the months of the basic service, the first of them also while nothing was
    /// chosen yet; one in every quarter of the intensive service.
    /// </summary>
    public static IReadOnlyList<DateOnly> TalksDue(WwGuidance guidance, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(guidance);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (guidance.EndedOn is not null)
        {
            return [];
        }

        if (guidance is { Profile: WwProfile.Intensive, ProfileChosenOn: { } chosen })
        {
            return [guidance.TalksOn.Where(on => on >= chosen).Append(chosen).Max().AddMonths(3)];
        }

        var months = vocabulary.Of("ww.talkMonths", guidance.WwStartedOn).Set.Select(month => int.Parse(month, System.Globalization.CultureInfo.InvariantCulture)).Order();
        return
        [
            .. months.Take(guidance.Profile == WwProfile.Undecided ? 1 : int.MaxValue)
                .Select(month => (First: guidance.WwStartedOn.AddMonths(month - 1), Last: guidance.WwStartedOn.AddMonths(month).AddDays(-1)))
                .Where(month => !guidance.TalksOn.Any(on => on >= month.First && on <= month.Last))
                .Select(month => month.Last),
        ];
    }
}

/// <summary>What the guidance says about its case.</summary>
internal static class WwGuidanceNews
{
    public static CaseNews Of(WwGuidanceEvent happened)
    {
        var guidance = happened.After;
        return new CaseNews
        {
            Facts =
            [
                Said.Fact("benefit.wwService", guidance.Profile.ToString().ToLowerInvariant()),
                .. guidance.TalksOn.Count > 0 ? [Said.Fact("benefit.personalContactOn", guidance.TalksOn[^1])] : Array.Empty<KnownFact>(),
            ],
            Events = happened is WwGuidanceEvent.TalkHeld held ? [Said.Event("personal-contact-uwv", held.On)] : [],
        };
    }
}
