using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Types;

namespace Samenhang.Web.Pages.OneCase;

/// <summary>How much of the time is shown.</summary>
public enum TimelineSpan
{
    /// <summary>A year: half before, half after the day of the plan.</summary>
    Year,

    /// <summary>Three months: one before, two after.</summary>
    Quarter,

    /// <summary>From the first day to the last.</summary>
    All,
}

/// <summary>A stretch or moment of the time line.</summary>
/// <param name="Lane">The domain, by the key of its name; <c>case</c> = of the whole case.</param>
/// <param name="Kind">provision, absence, term or event.</param>
/// <param name="Text">What it is called.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; null = open, or a moment.</param>
/// <param name="Class">The colour class.</param>
/// <param name="Sign">How it stands; null = no more than the words of <paramref name="State"/>.</param>
/// <param name="State">How it stands, as the key of a text.</param>
/// <param name="Pauses">The stretches in which it stands still.</param>
public sealed record TimelineItem(
    string Lane, string Kind, Said Text, DateOnly From, DateOnly? To, string Class, Sign? Sign, string? State, IReadOnlyList<(DateOnly From, DateOnly To)> Pauses)
{
    /// <summary>Whether it is a moment.</summary>
    public bool IsMoment => Kind == "event";
}

/// <summary>
/// What happened and what is coming, over all domains: provisions and absence as bars, terms with their standstills, events as marks.
/// </summary>
public sealed class Timeline
{
    private static readonly string[] Lanes = ["zvw", "gemeente", "uwv", "employer", "case"];
    private static readonly int[] Steps = [1, 2, 3, 6, 12, 24, 60, 120];
    private static readonly ProvisionStatus[] InTime =
        [ProvisionStatus.Requested, ProvisionStatus.Offered, ProvisionStatus.Granted, ProvisionStatus.Running, ProvisionStatus.Claimed, ProvisionStatus.Ended];

    private Timeline(DateOnly today, DateOnly from, DateOnly to, TimelineSpan span, IReadOnlyList<TimelineItem> items) =>
        (Today, From, To, Span, Items) = (today, from, to, span, items);

    /// <summary>The day of the plan.</summary>
    public DateOnly Today { get; }

    /// <summary>The first day shown.</summary>
    public DateOnly From { get; }

    /// <summary>The last day shown.</summary>
    public DateOnly To { get; }

    /// <summary>How much is shown.</summary>
    public TimelineSpan Span { get; }

    /// <summary>What falls in it, by lane and day.</summary>
    public IReadOnlyList<TimelineItem> Items { get; }

    /// <summary>The span that an address asks for.</summary>
    public static TimelineSpan SpanOf(string? asked) => asked switch { "3m" => TimelineSpan.Quarter, "all" => TimelineSpan.All, _ => TimelineSpan.Year };

    /// <summary>As it stands in an address.</summary>
    public static string Code(TimelineSpan span) => span switch { TimelineSpan.Quarter => "3m", TimelineSpan.All => "all", TimelineSpan.Year => "year" };

    /// <summary>Makes it.</summary>
    public static Timeline Of(OneCaseFile file, NameBook names, TimelineSpan span)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(names);
        var today = Day(file.Plan.AsOf);
        var all = Provisions(file).Concat(Absence(file, today)).Concat(Terms(file)).Concat(Events(file, names)).ToList();
        var days = all.Select(item => item.From).Concat(all.Select(item => item.To ?? item.From)).Append(today).ToList();
        var (from, to) = span switch
        {
            TimelineSpan.Quarter => (today.AddMonths(-1), today.AddMonths(2)),
            TimelineSpan.Year => (today.AddMonths(-6), today.AddMonths(6)),
            TimelineSpan.All => (days.Min().AddDays(-14), days.Max().AddDays(14)),
        };
        return new Timeline(today, from, to, span,
        [.. all.Where(item => item.From <= to && (item.To ?? (item.IsMoment ? item.From : to)) >= from)
            .OrderBy(item => Array.IndexOf(Lanes, item.Lane)).ThenBy(item => item.IsMoment).ThenBy(item => item.From)]);
    }

    /// <summary>Where a day stands on a line of some length; what falls outside stands at the edge.</summary>
    public double Place(DateOnly day, double length)
    {
        var shown = day < From ? From : day > To ? To : day;
        return Math.Round(length * (shown.DayNumber - From.DayNumber) / Math.Max(1, To.DayNumber - From.DayNumber), 1);
    }

    /// <summary>The days at which the axis has a line: months, quarters or years, so that there are not too many.</summary>
    public IReadOnlyList<DateOnly> Ticks(int most)
    {
        var months = (To.DayNumber - From.DayNumber) / 30.4;
        var step = Steps.FirstOrDefault(step => months / step <= most, 240);
        var first = new DateOnly(From.Year, 1, 1);
        return [.. Enumerable.Range(0, 1000).Select(i => first.AddMonths(i * step)).SkipWhile(day => day < From).TakeWhile(day => day <= To)];
    }

    private static IEnumerable<TimelineItem> Provisions(OneCaseFile file) =>
        from provision in file.Case.Provisions
        let first = provision.From ?? provision.RequestedOn
        where first is not null && InTime.Contains(provision.Status)
        select new TimelineItem(
            Matrix.ColumnOf(provision.Domain) is var lane && lane == "own" ? "case" : lane, "provision", file.Say.Scheme(provision.Scheme), Day(first), provision.To is null ? null : Day(provision.To),
            provision.Status switch { ProvisionStatus.Running or ProvisionStatus.Claimed or ProvisionStatus.Granted => "good", ProvisionStatus.Ended => "none", _ => "open" },
            null, $"provision.{provision.Status}", []);

    private static IEnumerable<TimelineItem> Absence(OneCaseFile file, DateOnly today)
    {
        if (file.Case.Facts.FirstOrDefault(fact => fact.FactId == "work.firstSickDay")?.Value?.DateValue is not { } first)
        {
            yield break;
        }

        var sick = file.Case.Facts.FirstOrDefault(fact => fact.FactId == "work.sickListed")?.Value;
        var back = file.Case.Events.Where(e => e.Type == "returned-to-work").Select(e => Day(e.Date)).Where(day => day > Day(first)).Order().Cast<DateOnly?>().FirstOrDefault();
        if (sick is null || sick.BoolValue || back is not null)
        {
            yield return new TimelineItem("employer", "absence", file.Say.Text("timeline.absence"), Day(first), back ?? today, "bad", null, null, []);
        }
    }

    private static IEnumerable<TimelineItem> Terms(OneCaseFile file) =>
        from term in file.Plan.Deadlines
        let sign = Sign.Of(term.Status)
        select new TimelineItem(
            LaneOf(file, term.Owner), "term", file.Say.Sentence(term.Title), Day(term.StartedOn), Day(term.Due), sign.Class, sign, null,
            [.. term.Suspensions.Select(pause => (Day(pause.From), pause.To is null ? Day(file.Plan.AsOf) : Day(pause.To)))]);

    private static IEnumerable<TimelineItem> Events(OneCaseFile file, NameBook names) =>
        from happened in file.Case.Events
        select new TimelineItem(LaneOf(file, happened.From), "event", Capital(names.Of(NameList.Event, happened.Type)), Day(happened.Date), null, "ask", null, null, []);

    private static Said Capital(Said name) => name with { Text = string.Concat(name.Text[..1].ToUpperInvariant(), name.Text.AsSpan(1)) };

    private static string LaneOf(OneCaseFile file, string who)
    {
        var domain = file.Case.Parties.FirstOrDefault(party => party.PartyId == who)?.Domain ?? Domain.Unspecified;
        var lane = domain != Domain.Unspecified ? Matrix.ColumnOf(domain) : who switch
        {
            "zvw" or "huisarts" or "insurer" or "medical-specialist" or "regiebehandelaar" or "hoofdbehandelaar" => "zvw",
            "gemeente" or "wmo-director" or "klantregisseur" or "wijkteam" => "gemeente",
            "uwv" or "uwv-coordinator" or "insurance-physician" => "uwv",
            "employer" or "company-physician" or "occupational-service" => "employer",
            _ => "case",
        };
        return lane == "own" ? "case" : lane;
    }

    private static DateOnly Day(Date day) => new(day.Year, day.Month, day.Day);
}
