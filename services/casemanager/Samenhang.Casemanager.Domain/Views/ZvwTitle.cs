using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Views;

/// <summary>
/// The derived fact <c>coverage.zvwTitle</c>: per need the best answer of zvw, without its medical reason. It is the only thing
/// that the other services learn of the answer of zvw.
/// </summary>
public static class ZvwTitle
{
    private const string FactId = "coverage.zvwTitle";

    // From best to worst; a scheme that does not exist for this client (notApplicable) says nothing.
    private static readonly (Outcome Outcome, string Code)[] Order =
    [
        (Outcome.Covered, "covered"), (Outcome.Conditional, "conditional"), (Outcome.Undetermined, "undetermined"), (Outcome.NotCovered, "not-covered"),
    ];

    /// <summary>
    /// The case with the fact filled in at each need, from the answers of zvw. Zvw without an answer for a need has no title for
    /// it: not covered. A case without answers (zvw did not answer in time) keeps the fact unknown.
    /// </summary>
    /// <param name="case">The case.</param>
    /// <param name="answers">The answers of zvw, or null when it did not answer.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    public static Case Fill(Case @case, IReadOnlyList<Coverage>? answers, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(@case);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (answers is null)
        {
            return @case;
        }

        var fact = vocabulary.FactById[FactId];
        var rows = answers.ToLookup(c => c.NeedId);
        return @case with { Needs = [.. @case.Needs.Select(n => n with { Facts = n.Facts.With(fact, Value.Of(Of(n, rows[n.Id], vocabulary))) })] };
    }

    /// <summary>
    /// For a treatment need the best answer of scheme group ggz, for other needs that of all schemes of zvw. A need of goal treat
    /// that has no row in ggz (treatment of a physical illness) is judged by all its rows.
    /// </summary>
    private static string Of(Need need, IEnumerable<Coverage> rows, Vocabulary vocabulary)
    {
        var all = rows.ToList();
        var ggz = need.Kind.Goal == "treat" ? all.Where(c => vocabulary.SchemeGroups["ggz"].Contains(c.Scheme)).ToList() : [];
        var counted = ggz.Count > 0 ? ggz : all;
        foreach (var (outcome, code) in Order)
        {
            if (counted.Any(c => c.Outcome == outcome))
            {
                return code;
            }
        }

        return "not-covered";
    }
}
