using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.Web.Pages;

/// <summary>The rows of a plan as a table: needs down, who pays across.</summary>
public static class Matrix
{
    /// <summary>What a reader wants to see first when one domain has several answers for a need.</summary>
    private static readonly Outcome[] BestFirst =
        [Outcome.Covered, Outcome.Conditional, Outcome.Undetermined, Outcome.NotCovered, Outcome.NotApplicable, Outcome.NotThisDomain];

    /// <summary>The columns, by the key of their name.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["zvw", "gemeente", "uwv", "employer", "own"];

    /// <summary>One line for each need of the plan, in the order of the case.</summary>
    public static IReadOnlyList<MatrixLine> Of(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var rows = plan.Coverage.ToLookup(row => (row.NeedId, ColumnOf(row.Domain)));
        return [.. plan.Needs.Select(need => new MatrixLine(
            need, [.. Columns.Select(column => new MatrixCell(column, [.. rows[(need.NeedId, column)].OrderBy(row => Array.IndexOf(BestFirst, row.Outcome))]))]))];
    }

    /// <summary>The column of a domain. What no service pays stands under own means.</summary>
    public static string ColumnOf(Domain domain) => domain switch
    {
        Domain.Zvw => "zvw",
        Domain.Gemeente => "gemeente",
        Domain.Uwv => "uwv",
        Domain.Employer => "employer",
        Domain.Casemanager or Domain.None or Domain.Unspecified => "own",
    };
}

/// <summary>A need and what each column says of it.</summary>
public sealed record MatrixLine(PlanNeed Need, IReadOnlyList<MatrixCell> Cells);

/// <summary>What one column says of a need; the best answer first.</summary>
public sealed record MatrixCell(string Column, IReadOnlyList<Coverage> Rows)
{
    /// <summary>The outcome that the cell shows; null when no scheme was considered.</summary>
    public Outcome? Best => Rows.Count > 0 ? Rows[0].Outcome : null;

    /// <summary>The rows that have it.</summary>
    public IEnumerable<Coverage> BestRows => Rows.Where(row => row.Outcome == Best);

    /// <summary>The answers that say something about this client.</summary>
    public IReadOnlyList<Coverage> Telling => [.. Rows.Where(row => !IsBeside(row))];

    /// <summary>The schemes that do not exist for this client; folded away.</summary>
    public IReadOnlyList<Coverage> Beside => [.. Rows.Where(IsBeside)];

    private static bool IsBeside(Coverage row) => row.Outcome is Outcome.NotApplicable or Outcome.NotThisDomain;
}
