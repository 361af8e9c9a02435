using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Rights;

/// <summary>Something that must stay.</summary>
/// <param name="Line">The line of the <see cref="RetentionTable"/>, or <c>restriction</c>.</param>
/// <param name="Until">The last day on which it must; null = that is not known.</param>
/// <param name="Text">What, why and how long.</param>
public sealed record ErasureObstacle(string Line, DateOnly? Until, Sentence Text);

/// <summary>What of a case the law lets nobody erase yet (AVG, article 17, third paragraph). Pure.</summary>
/// <param name="vocabulary">The schemes and their laws.</param>
/// <param name="table">How long what must stay.</param>
/// <param name="dayOf">The day on which a moment falls where the client lives.</param>
public sealed class ErasureDecisions(Vocabulary vocabulary, RetentionTable table, Func<DateTimeOffset, DateOnly> dayOf)
{
    /// <summary>The code of the refusal.</summary>
    public const string Code = "DATA_MUST_STAY";

    private const string ProvisionRecord = "provision/";

    // In these it is still in use: its time has not even begun.
    private static readonly string[] InUse = ["granted", "running", "claimed"];

    /// <summary>What stands in the way on a day; nothing = the case may be erased.</summary>
    /// <param name="log">The log of the case.</param>
    /// <param name="today">The day.</param>
    public IReadOnlyList<ErasureObstacle> Obstacles(IReadOnlyList<DatedChange> log, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(log);
        var state = CaseState.From(log.Select(written => written.Change));
        var kept = new List<(RetentionLine Line, DateOnly Last, bool InUse)>();
        foreach (var provision in state.Provisions)
        {
            if (table.OfProvision(vocabulary.Schemes[provision.Scheme].Law, provision.Status) is { } line)
            {
                var told = Last(log, change => change is ProvisionRecorded { Provision.Id: var id } && id == provision.Id, today);
                var inUse = InUse.Contains(provision.Status) && (provision.To is null || provision.To >= today);
                kept.Add((line, inUse ? today : provision.To is { } to && to > told ? to : told, inUse));
            }
        }

        // A record that is a provision was looked at as one.
        foreach (var (service, record) in state.Heard.Keys.Where(heard => !heard.Record.StartsWith(ProvisionRecord, StringComparison.Ordinal)))
        {
            if (table.OfRecord(service) is { } line)
            {
                kept.Add((line, Last(log, change => change is RecordHeard heard && (heard.Service, heard.Record) == (service, record), today), InUse: false));
            }
        }

        return
        [
            .. Claims(state),
            .. kept.GroupBy(one => one.Line).Select(of => Obstacle(of.Key, of.Max(one => one.Last), of.Any(one => one.InUse))).Where(one => one.Until is null || one.Until >= today)
                .OrderBy(one => one.Line, StringComparer.Ordinal),
        ];
    }

    /// <summary>Why the case cannot be erased.</summary>
    public static CaseError.Forbidden Refusal(IReadOnlyList<ErasureObstacle> obstacles)
    {
        ArgumentNullException.ThrowIfNull(obstacles);
        return new(Code, new Sentence(string.Join(" ", obstacles.Select(one => one.Text.Nl)), string.Join(" ", obstacles.Select(one => one.Text.En))));
    }

    private DateOnly Last(IReadOnlyList<DatedChange> log, Predicate<CaseChange> concerns, DateOnly today) =>
        log.LastOrDefault(written => concerns(written.Change)) is { } last ? dayOf(last.At) : today;

    private static IEnumerable<ErasureObstacle> Claims(CaseState state)
    {
        if (state.Restriction?.Ground is RestrictionGround.NeededForClaim)
        {
            yield return new("restriction", null, new Sentence(
                "De gegevens zijn nodig voor een rechtszaak of klacht (AVG, artikel 17, derde lid, onder e). Hef eerst de beperking op.",
                "The data are needed for a legal claim (GDPR, article 17(3)(e)). Lift the restriction first."));
        }
        else if (state.Restriction?.Ground is RestrictionGround.UnlawfulUse)
        {
            yield return new("restriction", null, new Sentence(
                "De cliënt wil dat de gegevens bewaard blijven (AVG, artikel 18, eerste lid, onder b). Hef eerst de beperking op.",
                "The client wants the data to be kept (GDPR, article 18(1)(b)). Lift the restriction first."));
        }
    }

    private static ErasureObstacle Obstacle(RetentionLine line, DateOnly last, bool inUse)
    {
        var sooner = (Nl: line.Sooner is null ? "" : $" De cliënt kan bij wie het dossier bewaart eerder om vernietiging vragen ({line.Sooner}).",
            En: line.Sooner is null ? "" : $" The client can ask whoever keeps the file to destroy it sooner ({line.Sooner}).");
        if (line.Years is not { } years)
        {
            return new(line.Id, null, new Sentence(
                $"{line.What.Nl} moet blijven ({line.Article}). Tot wanneer, is hier niet bekend: vraag het de archivaris.{sooner.Nl}",
                $"{line.What.En} must stay ({line.Article}). Until when is not known here: ask the archivist.{sooner.En}"));
        }

        var until = last.AddYears(years);
        return new(line.Id, until, new Sentence(
            $"{line.What.Nl} {(inUse ? "is nog in gebruik en moet ten minste" : "moet")} blijven tot en met {SpokenDay.InDutch(until)} ({line.Article}).{sooner.Nl}",
            $"{line.What.En} {(inUse ? "is still in use and must stay at least" : "must stay")} until {SpokenDay.InEnglish(until)} ({line.Article}).{sooner.En}"));
    }
}
