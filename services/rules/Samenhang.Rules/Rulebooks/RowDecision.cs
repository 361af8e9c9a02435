using Samenhang.Language;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Rules;

/// <summary>A clause with what its condition turned out to be, exceptions counted.</summary>
internal readonly record struct WeighedClause(Clause Clause, Truth Truth)
{
    internal Effect Effect => Clause.Effect;
}

/// <summary>What the clauses of a row lead to, and by which of them.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Of an undetermined outcome.</param>
/// <param name="By">The clauses that carried it.</param>
/// <param name="OpenConditions">The acts still missing.</param>
/// <param name="IsDefault">Nothing spoke for or against: every title failed, or there was none.</param>
internal sealed record Verdict(Outcome Outcome, string? Reason, IReadOnlyList<Clause> By, IReadOnlyList<Sentence> OpenConditions, bool IsDefault = false, bool Refused = false);

/// <summary>
/// Weighs the clauses of one row. The first level with a true clause decides; an unknown clause leaves the row undetermined only
/// when what it could still lead to differs from what the rest leads to.
/// </summary>
internal static class RowDecision
{
    private static readonly Sentence NeedsDecision = new("Er is nog geen besluit over.", "There is no decision on it yet.");
    private static readonly Sentence NeedsContract = new("Hiervoor is een contract nodig tussen de zorgaanbieder en de betaler.", "This needs a contract between the provider and the payer.");
    private static readonly Sentence NeedsStart = new("Deze hulp moet nog starten.", "This help still has to start.");

    internal static Verdict Weigh(IReadOnlyList<WeighedClause> clauses, Scope scope)
    {
        var possible = new List<Verdict>();
        if (Ends(Effect.NotApplicable, Outcome.NotApplicable, clauses, possible) || Ends(Effect.Excludes, Outcome.NotCovered, clauses, possible) ||
            Ends(Effect.LeavesOpen, Outcome.Undetermined, clauses, possible) || RequirementFails(clauses, possible))
        {
            return Conclude(clauses, possible);
        }

        var titles = Of(clauses, Effect.Covers, Truth.True);
        var perhaps = Of(clauses, Effect.Covers, Truth.Unknown);
        if (titles.Count + perhaps.Count > 0)
        {
            possible.Add(Entitle(titles.Count > 0 ? titles : perhaps, clauses, scope));
        }

        if (titles.Count == 0)
        {
            var failed = Of(clauses, Effect.Covers, Truth.False);
            possible.Add(failed.Count + perhaps.Count > 0
                ? new(Outcome.NotCovered, null, failed.Count > 0 ? failed : perhaps, [], IsDefault: true)
                : new(Outcome.Undetermined, "not-stated", [.. clauses.Where(c => c.Effect != Effect.Informs).Select(c => c.Clause)], [], IsDefault: true));
        }

        return Conclude(clauses, possible);
    }

    private static bool Ends(Effect effect, Outcome outcome, IReadOnlyList<WeighedClause> clauses, List<Verdict> possible)
    {
        var sure = Of(clauses, effect, Truth.True);
        var perhaps = sure.Count > 0 ? sure : Of(clauses, effect, Truth.Unknown);
        if (perhaps.Count > 0)
        {
            possible.Add(new(outcome, effect == Effect.LeavesOpen ? perhaps[0].Reason : null, perhaps, []));
        }

        return sure.Count > 0;
    }

    private static bool RequirementFails(IReadOnlyList<WeighedClause> clauses, List<Verdict> possible)
    {
        var sure = Of(clauses, Effect.Requires, Truth.False);
        var perhaps = sure.Count > 0 ? sure : Of(clauses, Effect.Requires, Truth.Unknown);
        if (perhaps.Count > 0)
        {
            possible.Add(new(Outcome.NotCovered, null, perhaps, []));
        }

        return sure.Count > 0;
    }

    /// <summary>What a title is worth: a right at once, a provision by its decision, a contract by the contract, informal help by its start.</summary>
    private static Verdict Entitle(IReadOnlyList<Clause> titles, IReadOnlyList<WeighedClause> clauses, Scope scope)
    {
        var row = scope.Row!;
        IReadOnlyList<Clause> by = [.. titles, .. Of(clauses, Effect.Requires, Truth.True)];
        bool Has(params ReadOnlySpan<string> status)
        {
            foreach (var provision in row.Provisions)
            {
                if (status.Contains(provision.Status))
                {
                    return true;
                }
            }

            return false;
        }

        var open = new List<Sentence>();
        switch (row.Scheme.EntitlementKind)
        {
            case "provision" when !titles.Any(title => title.Decided) && !Has("granted", "running", "claimed"):
                if (Has("refused"))
                {
                    return new(Outcome.NotCovered, null, by, [], Refused: true);
                }

                open.Add(NeedsDecision);
                break;
            case "informal" when !Has("granted", "running"):
                open.Add(NeedsStart);
                break;
            case "contractOnly":
                var contract = Contract(titles, scope);
                if (contract == Truth.False)
                {
                    return new(Outcome.NotCovered, null, by, [], Refused: true);
                }

                if (contract == Truth.Unknown)
                {
                    open.Add(NeedsContract);
                }

                break;
        }

        var awaited = clauses.Where(c => c.Effect == Effect.Awaits && c.Truth != Truth.False).Select(c => c.Clause).ToList();
        open.AddRange(awaited.Select(clause => SentenceTemplate.Fill(clause.Says, scope.Context, row.Need)));
        return new(open.Count > 0 ? Outcome.Conditional : Outcome.Covered, null, [.. by, .. awaited], open);
    }

    private static Truth Contract(IReadOnlyList<Clause> titles, Scope scope)
    {
        var own = Truth.False;
        var any = false;
        foreach (var title in titles)
        {
            if (title.Contract is { } contract)
            {
                any = true;
                own = own.Or(contract.Node.Test(scope));
            }
        }

        if (any)
        {
            return own;
        }

        var fact = scope.Context.Vocabulary.FactById["prov.contract"];
        var result = scope.Row!.Provisions.Count == 0 ? scope.Context.Fact(fact, null).Truth : Truth.False;
        foreach (var provision in scope.Row.Provisions)
        {
            result = result.Or(scope.Context.Fact(fact, provision).Truth);
        }

        return result;
    }

    private static Verdict Conclude(IReadOnlyList<WeighedClause> clauses, List<Verdict> possible)
    {
        var last = possible[^1];
        if (possible.TrueForAll(verdict => verdict.Outcome == last.Outcome && verdict.Reason == last.Reason))
        {
            return last;
        }

        var by = clauses.Where(c => possible.Exists(verdict => verdict.By.Contains(c.Clause)) && (c.Truth == Truth.Unknown || (c.Effect == Effect.Covers && c.Truth == Truth.True)));
        return new(Outcome.Undetermined, "missing-facts", [.. by.Select(c => c.Clause)], []);
    }

    private static List<Clause> Of(IReadOnlyList<WeighedClause> clauses, Effect effect, Truth truth)
    {
        var found = new List<Clause>();
        foreach (var clause in clauses)
        {
            if (clause.Effect == effect && clause.Truth == truth)
            {
                found.Add(clause.Clause);
            }
        }

        return found;
    }
}
