using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Questions;

/// <summary>What one answer to a question would change.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Rows">The rows that would get another outcome, in the order of the plan.</param>
/// <param name="Appearing">The findings that would be raised.</param>
/// <param name="Going">The findings that would close.</param>
/// <param name="NewQuestions">The facts that would be asked then and are not asked now.</param>
/// <param name="GoneQuestions">The facts that would not be asked any more.</param>
public sealed record AnswerEffect(
    Value Value, IReadOnlyList<RowChange> Rows, IReadOnlyList<PlanFinding> Appearing, IReadOnlyList<PlanFinding> Going,
    IReadOnlyList<string> NewQuestions, IReadOnlyList<string> GoneQuestions)
{
    // Where the answers are so many, a list of what each would do helps nobody.
    private const int MostAnswers = 12;

    /// <summary>How many rows would be decided that are not now.</summary>
    public int Decides => Rows.Count(row => row.IsDecided);

    /// <summary>The answers that a fact can have: yes and no, or the codes of a short list. Empty for any other fact.</summary>
    public static IReadOnlyList<Value> AnswersOf(FactDefinition fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return fact switch
        {
            { Type: FactType.Bool } => [Value.Of(true), Value.Of(false)],
            { Type: FactType.Enum, Values: { Count: <= MostAnswers } codes } => [.. codes.Order(StringComparer.Ordinal).Select(code => Value.Of(code))],
            _ => [],
        };
    }

    /// <summary>What an answer changes, from the plan without and the plan with it. Both must come from the same assessment.</summary>
    public static AnswerEffect Of(Value value, Plan now, Plan then)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(then);
        var was = now.Coverage.ToLookup(Key);
        var becomes = then.Coverage.ToLookup(Key);
        return new AnswerEffect(
            value,
            [.. then.Coverage.Concat(now.Coverage).Select(Key).Distinct()
                .Select(key => new RowChange(key.Need, key.Scheme, key.Product, was[key].FirstOrDefault()?.Outcome, becomes[key].FirstOrDefault()?.Outcome, becomes[key].FirstOrDefault()?.Payer))
                .Where(row => row.Was != row.Becomes)],
            [.. then.Findings.ExceptBy(now.Findings.Select(Key), Key)],
            [.. now.Findings.ExceptBy(then.Findings.Select(Key), Key)],
            [.. then.Questions.Select(question => question.Fact).Except(now.Questions.Select(question => question.Fact))],
            [.. now.Questions.Select(question => question.Fact).Except(then.Questions.Select(question => question.Fact))]);
    }

    private static (string Need, string Scheme, string? Product) Key(Coverage row) => (row.NeedId, row.Scheme, row.Product);

    private static (string, string?, string?, string?) Key(PlanFinding finding) => (finding.FlagId, finding.NeedId, finding.ProvisionId, finding.PartyId);
}

/// <summary>A row that gets another outcome.</summary>
/// <param name="NeedId">The need.</param>
/// <param name="Scheme">The scheme.</param>
/// <param name="Product">The product, or null.</param>
/// <param name="Was">The outcome without the answer; null = there is no such row.</param>
/// <param name="Becomes">The outcome with it; null = there is no such row any more.</param>
/// <param name="Payer">Who would pay, or null.</param>
public sealed record RowChange(string NeedId, string Scheme, string? Product, Outcome? Was, Outcome? Becomes, string? Payer)
{
    /// <summary>Whether an open row gets an answer.</summary>
    public bool IsDecided => Was == Outcome.Undetermined && Becomes is not null and not Outcome.Undetermined;
}
