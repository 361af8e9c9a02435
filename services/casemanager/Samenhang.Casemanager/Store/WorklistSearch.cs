using System.Data.Common;
using System.Globalization;
using Samenhang.Language;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Store;

/// <summary>In which order cases come.</summary>
public enum WorklistOrder
{
    /// <summary>The gravest first, then the term that passes first.</summary>
    Urgency,

    /// <summary>What changed last first.</summary>
    Changed,

    /// <summary>What was opened last first.</summary>
    Opened,

    /// <summary>By title.</summary>
    Title,
}

/// <summary>Which cases. Null and empty = no such condition.</summary>
public sealed record WorklistQuery
{
    /// <summary>Of this area, and of none; null = of all.</summary>
    public string? Tenant { get; init; }

    /// <summary>Words, each the beginning of one in the title.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Who holds it; empty = nobody.</summary>
    public string? Assignee { get; init; }

    /// <summary>At least as grave: 1 info, 2 attention, 3 urgent.</summary>
    public int MinimumSeverity { get; init; }

    /// <summary>With a finding of this family.</summary>
    public string? Family { get; init; }

    /// <summary>That stands so.</summary>
    public RoundStatus? Status { get; init; }

    /// <summary>Changed after this moment.</summary>
    public DateTimeOffset? ChangedAfter { get; init; }

    /// <summary>The order.</summary>
    public WorklistOrder Order { get; init; }

    /// <summary>After the one with this key and id; null = from the beginning.</summary>
    public (string Key, string CaseId)? After { get; init; }

    /// <summary>How many.</summary>
    public required int Max { get; init; }
}

/// <summary>A case that was found.</summary>
public sealed record WorklistRow(CaseRow Case, string Key, DateTimeOffset ChangedAt, DateOnly? NextDue, string Assignee, string AssigneeName, Sentence? Gravest, Sentence? Change);

/// <summary>
/// Finds a page of cases. Conditions that few cases meet are read first and sorted; when all are common, the index of the order is walked and
/// each case is tried, which soon fills a page. Only where each of two conditions is common and hardly any case meets both, the walk is long.
/// </summary>
public static class WorklistSearch
{
    /// <summary>Among more cases the order by title is refused: titles are sealed, and each must be opened to be sorted.</summary>
    public const int MostByTitle = 5_000;

    // Above this a condition is common: its cases are not gathered and sorted any more.
    private const int Few = 2_000;

    // To be sorted by title all of them are gathered in any case: the rarest condition is always the shortest way.
    private const int MostGathered = 50_000;

    /// <summary>Finds a page; null when more than <see cref="MostByTitle"/> cases would have to be sorted by title.</summary>
    /// <param name="connection">An open connection to the store.</param>
    /// <param name="keys">Opens what is sealed.</param>
    /// <param name="query">Which cases.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<IReadOnlyList<WorklistRow>?> RunAsync(DbConnection connection, StoreKeys keys, WorklistQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var byTitle = query.Order == WorklistOrder.Title;
        var parameters = new List<(string, object?)> { ("@max", byTitle ? MostByTitle + 1 : query.Max) };
        var (rare, common) = await SplitAsync(connection, Conditions(query, keys, parameters), byTitle ? MostGathered : Few, parameters, cancellationToken);
        var (column, descending) = query.Order switch
        {
            WorklistOrder.Urgency => ("urgency", false),
            WorklistOrder.Changed => ("changed_at", true),
            WorklistOrder.Opened => ("case_id", true),
            WorklistOrder.Title => ("case_id", true), // In any order, to be opened and sorted.
        };
        // What can be tried on the id alone is tried before the case is read.
        var byId = rare is null ? [] : common.Where(condition => condition.IsById).ToList();
        var tries = common.Except(byId).Select(condition => condition.Try).ToList();
        if (query.MinimumSeverity > 0)
        {
            tries.Add("w.severity >= @severity");
            parameters.Add(("@severity", query.MinimumSeverity));
        }

        if (query.ChangedAfter is { } moment)
        {
            tries.Add("w.changed_at > @changed");
            parameters.Add(("@changed", SearchWords.Text(moment)));
        }

        if (query.After is { } after && !byTitle)
        {
            tries.Add(column == "case_id" ? "w.case_id < @afterCase" : $"(w.{column}, w.case_id) {(descending ? '<' : '>')} (@afterKey, @afterCase)");
            parameters.Add(("@afterKey", after.Key));
            parameters.Add(("@afterCase", after.CaseId));
        }

        var direction = descending ? " DESC" : "";
        var order = column == "case_id" ? "case_id DESC" : $"{column}{direction}, case_id{direction}";
        var areas = query.Tenant is { } tenant ? [tenant, ""] : rare is null ? await AreasAsync(connection, cancellationToken) : [];
        string page;
        if (rare is not null)
        {
            if (query.Tenant is not null)
            {
                tries.Add("w.area IN (@area, '')");
                parameters.Add(("@area", query.Tenant));
            }

            // CROSS JOIN keeps the order of reading as it is written.
            var found = byId.Count == 0 ? rare.Find : $"SELECT w.case_id FROM ({rare.Find}) AS w WHERE {string.Join(" AND ", byId.Select(condition => condition.Try))}";
            page = $"SELECT w.case_id, w.{column} AS sort_key FROM ({found}) AS found CROSS JOIN worklist_case w WHERE w.case_id = found.case_id{And(tries)}";
        }
        else
        {
            // A part for each area, each read from its own place in the index of the order.
            page = string.Join(" UNION ALL ", areas.Select((area, place) =>
            {
                parameters.Add(($"@area{place}", area));
                return $"SELECT * FROM (SELECT w.case_id, w.{column} AS sort_key FROM worklist_case w WHERE w.area = @area{place}{And(tries)} ORDER BY {Prefixed(order)} LIMIT @max) AS part{place}";
            }));
            if (page.Length == 0)
            {
                return [];
            }
        }

        if (byTitle)
        {
            return await SortedByTitleAsync(connection, keys, query, page, parameters, cancellationToken);
        }

        var pageOrder = column == "case_id" ? "case_id DESC" : $"sort_key{direction}, case_id{direction}";
        var finalOrder = column == "case_id" ? "p.case_id DESC" : $"p.sort_key{direction}, p.case_id{direction}";
        return await LinesAsync(connection, keys, $"SELECT * FROM ({page}) AS every ORDER BY {pageOrder} LIMIT @max", $" ORDER BY {finalOrder}", parameters, cancellationToken);
    }

    private static Task<IReadOnlyList<WorklistRow>> LinesAsync(
        DbConnection connection, StoreKeys keys, string page, string order, List<(string, object?)> parameters, CancellationToken cancellationToken) => connection.RowsAsync(
        $"""
        SELECT c.case_id, c.title, c.tenant, c.version, c.plan_version, w.severity, c.finding_count, c.round_status,
            p.sort_key, w.changed_at, w.next_due, w.assignee_name, w.gravest_nl, w.gravest_en, w.change_nl, w.change_en
        FROM ({page}) AS p
        CROSS JOIN worklist_case w CROSS JOIN case_row c WHERE w.case_id = p.case_id AND c.case_id = p.case_id{order}
        """,
        row => Read(row, keys),
        cancellationToken,
        [.. parameters]);

    private static async Task<IReadOnlyList<WorklistRow>?> SortedByTitleAsync(
        DbConnection connection, StoreKeys keys, WorklistQuery query, string page, List<(string, object?)> parameters, CancellationToken cancellationToken)
    {
        var titles = await connection.RowsAsync(
            $"SELECT c.case_id, c.title FROM (SELECT * FROM ({page}) AS every LIMIT @max) AS p CROSS JOIN case_row c WHERE c.case_id = p.case_id",
            row => (Key: SearchWords.Fold(keys.Open(row.GetString(1), CaseTable.Title, row.GetString(0))), CaseId: row.GetString(0)),
            cancellationToken,
            [.. parameters]);
        if (titles.Count > MostByTitle)
        {
            return null;
        }

        var sorted = titles.Order(ByTitle).Where(one => query.After is not { } after || ByTitle.Compare(one, after) > 0).Take(query.Max).ToList();
        if (sorted.Count == 0)
        {
            return [];
        }

        var ids = sorted.Select((one, place) => ($"@id{place}", (object?)one.CaseId)).ToList();
        var lines = (await LinesAsync(
            connection,
            keys,
            $"SELECT case_id, case_id AS sort_key FROM worklist_case WHERE case_id IN ({string.Join(", ", ids.Select(id => id.Item1))})",
            "",
            ids,
            cancellationToken)).ToDictionary(row => row.Case.CaseId, StringComparer.Ordinal);
        return [.. sorted.Where(one => lines.ContainsKey(one.CaseId)).Select(one => lines[one.CaseId] with { Key = one.Key })];
    }

    private static readonly Comparer<(string Key, string CaseId)> ByTitle = Comparer<(string Key, string CaseId)>.Create((one, other) =>
        string.CompareOrdinal(one.Key, other.Key) is not 0 and var first ? first : string.CompareOrdinal(one.CaseId, other.CaseId));

    private static IEnumerable<Condition> Conditions(WorklistQuery query, StoreKeys keys, List<(string, object?)> parameters)
    {
        // Each with every key of the ring: a case of before a new key came is found too.
        foreach (var (word, place) in query.Words.Select((word, place) => (word, place)))
        {
            string Ranges(string table) => string.Join(" OR ", keys.Ring.All.Select((_, key) => $"({table}word >= @word{place}k{key} AND {table}word < @wordEnd{place}k{key})"));
            foreach (var (key, number) in keys.Ring.All.Select((key, number) => (key, number)))
            {
                var begins = keys.Word(word, key);
                parameters.Add(($"@word{place}k{number}", begins));
                parameters.Add(($"@wordEnd{place}k{number}", begins + 'g')); // After every hexadecimal digit.
            }

            yield return new(
                $"SELECT DISTINCT case_id FROM worklist_word WHERE {Ranges("")}", $"EXISTS (SELECT 1 FROM worklist_word x WHERE x.case_id = w.case_id AND ({Ranges("x.")}))");
        }

        if (query.Assignee is { } assignee)
        {
            var names = keys.Ring.All.Select((_, place) => $"@assignee{place}").ToList();
            parameters.AddRange(keys.Ring.All.Select((key, place) => (names[place], (object?)WorklistTable.HolderKey(keys, assignee, key))));
            var holders = string.Join(", ", names);
            yield return new($"SELECT case_id FROM worklist_case WHERE assignee IN ({holders})", $"w.assignee IN ({holders})");
        }

        if (query.Family is { } family)
        {
            parameters.Add(("@family", family));
            yield return new("SELECT case_id FROM worklist_family WHERE family = @family", "EXISTS (SELECT 1 FROM worklist_family f WHERE f.case_id = w.case_id AND f.family = @family)");
        }

        if (query.Status is { } status)
        {
            parameters.Add(("@status", (int)status));
            yield return new("SELECT case_id FROM worklist_case WHERE round_status = @status", "w.round_status = @status");
        }
    }

    // The condition that the fewest cases meet, when they are few; and the others.
    private static async Task<(Condition? Rare, IReadOnlyList<Condition> Common)> SplitAsync(
        DbConnection connection, IEnumerable<Condition> conditions, int few, List<(string, object?)> parameters, CancellationToken cancellationToken)
    {
        Condition? rare = null;
        var all = conditions.ToList();
        var fewest = few + 1;
        foreach (var condition in all)
        {
            var count = (await connection.RowsAsync(
                $"SELECT count(*) FROM (SELECT 1 FROM ({condition.Find}) AS met LIMIT {few + 1}) AS counted",
                row => row.GetInt32(0),
                cancellationToken,
                [.. parameters.Where(parameter => condition.Find.Contains(parameter.Item1, StringComparison.Ordinal))])).Single();
            if (count < fewest)
            {
                (rare, fewest) = (condition, count);
            }
        }

        return (rare, [.. all.Where(condition => condition != rare)]);
    }

    // Each area once, jumping from one to the next in the index.
    private static Task<IReadOnlyList<string>> AreasAsync(DbConnection connection, CancellationToken cancellationToken) => connection.RowsAsync(
        """
        WITH RECURSIVE areas (area) AS (
            SELECT min(area) FROM worklist_case
            UNION ALL
            SELECT (SELECT min(w.area) FROM worklist_case w WHERE w.area > areas.area) FROM areas WHERE areas.area IS NOT NULL
        )
        SELECT area FROM areas WHERE area IS NOT NULL LIMIT 400
        """,
        row => row.GetString(0),
        cancellationToken);

    private static WorklistRow Read(DbDataReader row, StoreKeys keys)
    {
        var caseId = row.GetString(0);
        string? Opened(int column, string name) => row.IsDBNull(column) ? null : keys.Open(row.GetString(column), $"worklist_case.{name}", caseId);
        var holder = Holder.Of(Opened(11, "assignee_name") ?? "");
        return new(
            new CaseRow(
                caseId, keys.Open(row.GetString(1), CaseTable.Title, caseId), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6),
                (RoundStatus)row.GetInt32(7)),
            row.GetString(8),
            DateTimeOffset.Parse(row.GetString(9), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            row.IsDBNull(10) ? null : WorklistTable.Day(row.GetString(10)),
            holder.Subject,
            holder.Name,
            WorklistTable.SentenceOf(Opened(12, "gravest_nl"), Opened(13, "gravest_en")),
            WorklistTable.SentenceOf(Opened(14, "change_nl"), Opened(15, "change_en")));
    }

    private static string And(List<string> tries) => tries.Count == 0 ? "" : " AND " + string.Join(" AND ", tries);

    private static string Prefixed(string order) => string.Join(", ", order.Split(", ").Select(part => "w." + part));

    /// <summary>A condition: the cases that meet it, and how one case is tried.</summary>
    private sealed record Condition(string Find, string Try)
    {
        /// <summary>Whether it needs nothing of the case but its id.</summary>
        public bool IsById => Try.StartsWith("EXISTS", StringComparison.Ordinal);
    }
}
