using Samenhang.Language;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Rules;

/// <summary>A clause with what its condition turned out to be in a row.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Own">The truth of its own condition; false for a proposal that is not switched on.</param>
/// <param name="SwitchedOff">Whether an exception switches it off.</param>
internal readonly record struct WeighedClause(Clause Clause, Truth Own, Truth SwitchedOff)
{
    internal Effect Effect => Clause.Effect;

    /// <summary>What counts in the row. A requirement that is switched off asks nothing; any other clause says nothing.</summary>
    internal Truth Truth => Effect == Effect.Requires ? Own.Or(SwitchedOff) : Own.And(SwitchedOff.Not());
}

/// <summary>What a verdict rests on.</summary>
internal enum Ground
{
    /// <summary>On the clauses that decided.</summary>
    Clauses,

    /// <summary>The scheme does not exist on the reference day.</summary>
    NoScheme,

    /// <summary>Every title failed.</summary>
    NoTitle,

    /// <summary>The rules give no title and take none away.</summary>
    Silence,

    /// <summary>There is a title, but the municipality or UWV refused.</summary>
    Refused,

    /// <summary>There is a title, but no contract.</summary>
    NoContract,
}

/// <summary>What the clauses of a row lead to, and by which of them.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Of an undetermined outcome.</param>
/// <param name="By">The clauses that carried it.</param>
/// <param name="OpenConditions">The acts still missing.</param>
/// <param name="Ground">What it rests on.</param>
internal sealed record Verdict(Outcome Outcome, string? Reason, IReadOnlyList<Clause> By, IReadOnlyList<Sentence> OpenConditions, Ground Ground = Ground.Clauses)
{
    /// <summary>Nothing spoke for or against: every title failed, or there was none.</summary>
    internal bool IsDefault => Ground is Ground.NoTitle or Ground.Silence;

    internal bool SameAs(Verdict other) => Outcome == other.Outcome && Reason == other.Reason;
}

/// <summary>
/// Weighs the clauses of one row. The first level with a true clause decides; an unknown clause leaves the row undetermined only
/// when what it could still lead to differs from what the rest leads to.
/// </summary>
internal sealed class RowDecision
{
    private static readonly Sentence NeedsDecision = new("Er is nog geen besluit over.", "There is no decision on it yet.");
    private static readonly Sentence NeedsContract = new("Hiervoor is een contract nodig tussen de zorgaanbieder en de betaler.", "This needs a contract between the provider and the payer.");
    private static readonly Sentence NeedsStart = new("Deze hulp moet nog starten.", "This help still has to start.");

    private readonly IReadOnlyList<WeighedClause> clauses;
    private readonly Scope scope;

    // From the first level to the last: what the row is if these unknown clauses turn out to speak and none before them does.
    // The last one needs nothing more to be known.
    private readonly List<(Verdict Verdict, IReadOnlyList<Clause> If)> possible = [];

    private RowDecision(IReadOnlyList<WeighedClause> clauses, Scope scope)
    {
        this.clauses = clauses;
        this.scope = scope;
    }

    internal static Verdict Weigh(IReadOnlyList<WeighedClause> clauses, Scope scope)
    {
        var decision = new RowDecision(clauses, scope);
        if (!decision.Ends(Effect.NotApplicable, Truth.True, Outcome.NotApplicable) &&
            !decision.Ends(Effect.Excludes, Truth.True, Outcome.NotCovered) &&
            !decision.LeftOpen() &&
            !decision.Ends(Effect.Requires, Truth.False, Outcome.NotCovered))
        {
            decision.WeighTitles();
        }

        return decision.Conclude();
    }

    /// <summary>Whether a clause of the effect certainly decides; one that perhaps does is noted.</summary>
    private bool Ends(Effect effect, Truth when, Outcome outcome)
    {
        var sure = Of(effect, when);
        var by = sure.Count > 0 ? sure : Of(effect, Truth.Unknown);
        if (by.Count > 0)
        {
            possible.Add((new(outcome, null, by, []), sure.Count > 0 ? [] : by));
        }

        return sure.Count > 0;
    }

    private bool LeftOpen()
    {
        var sure = Of(Effect.LeavesOpen, Truth.True);
        if (sure.Count > 0)
        {
            possible.Add((new(Outcome.Undetermined, sure[0].Reason, sure, []), []));
            return true;
        }

        foreach (var perhaps in Of(Effect.LeavesOpen, Truth.Unknown))
        {
            possible.Add((new(Outcome.Undetermined, perhaps.Reason, [perhaps], []), [perhaps]));
        }

        return false;
    }

    private void WeighTitles()
    {
        var titles = Of(Effect.Covers, Truth.True);
        var perhaps = Of(Effect.Covers, Truth.Unknown);
        var failed = Of(Effect.Covers, Truth.False);
        var best = titles.Count + perhaps.Count > 0 ? Entitle([.. titles, .. perhaps]) : null;
        if (titles.Count > 0)
        {
            var sure = perhaps.Count > 0 ? Entitle(titles) : best!;
            if (!sure.SameAs(best!))
            {
                possible.Add((best!, perhaps));
            }

            possible.Add((sure, []));
        }
        else if (best is { Outcome: Outcome.NotCovered })
        {
            // Refused, or without a contract: whether there is a title changes nothing.
            possible.Add((best, []));
        }
        else if (best is not null)
        {
            possible.Add((best, perhaps));
            possible.Add((new(Outcome.NotCovered, null, failed.Count > 0 ? failed : perhaps, [], Ground.NoTitle), []));
        }
        else
        {
            possible.Add((failed.Count > 0
                ? new(Outcome.NotCovered, null, failed, [], Ground.NoTitle)
                : new(Outcome.Undetermined, "not-stated", [.. clauses.Where(c => c.Effect != Effect.Informs).Select(c => c.Clause)], [], Ground.Silence), []));
        }
    }

    /// <summary>What a title is worth: a right at once, a provision by its decision, a contract by the contract, informal help by its start.</summary>
    private Verdict Entitle(IReadOnlyList<Clause> titles)
    {
        var row = scope.Row!;
        IReadOnlyList<Clause> by = [.. titles, .. Of(Effect.Requires, Truth.True)];
        var open = new List<Sentence>();
        switch (row.Scheme.EntitlementKind)
        {
            case "provision" when !titles.Any(title => title.Decided) && !HasProvision("granted", "running", "claimed"):
                if (HasProvision("refused"))
                {
                    return new(Outcome.NotCovered, null, by, [], Ground.Refused);
                }

                open.Add(NeedsDecision);
                break;
            case "informal" when !HasProvision("granted", "running"):
                open.Add(NeedsStart);
                break;
            case "contractOnly":
                var contract = Contract(titles);
                if (contract == Truth.False)
                {
                    return new(Outcome.NotCovered, null, by, [], Ground.NoContract);
                }

                if (contract == Truth.Unknown)
                {
                    open.Add(NeedsContract);
                }

                break;
        }

        // An act of which nobody knows that it was done is still to be done.
        var awaited = clauses.Where(c => c.Effect == Effect.Awaits && c.Truth != Truth.False).Select(c => c.Clause).ToList();
        open.AddRange(awaited.Select(clause => SentenceTemplate.Fill(clause.Says, scope)));
        return new(open.Count > 0 ? Outcome.Conditional : Outcome.Covered, null, [.. by, .. awaited], open);
    }

    private bool HasProvision(params ReadOnlySpan<string> status)
    {
        foreach (var provision in scope.Row!.Provisions)
        {
            if (status.Contains(provision.Status))
            {
                return true;
            }
        }

        return false;
    }

    private Truth Contract(IReadOnlyList<Clause> titles)
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

    /// <summary>The one outcome that remains; else undetermined, by the unknown clauses that make a difference to what comes after them.</summary>
    private Verdict Conclude()
    {
        var last = possible[^1].Verdict;
        var differs = false;
        var by = new List<Clause>();
        for (var i = 0; i < possible.Count; i++)
        {
            for (var later = i + 1; later < possible.Count; later++)
            {
                if (!possible[i].Verdict.SameAs(possible[later].Verdict))
                {
                    differs = true;
                    by.AddRange(possible[i].If);
                    break;
                }
            }
        }

        if (!differs)
        {
            return last;
        }

        by.AddRange(last.By.Where(clause => clause.Effect == Effect.Covers && last.Ground != Ground.NoTitle));
        return new(Outcome.Undetermined, "missing-facts", [.. clauses.Select(c => c.Clause).Where(by.Contains)], []);
    }

    private List<Clause> Of(Effect effect, Truth truth)
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
