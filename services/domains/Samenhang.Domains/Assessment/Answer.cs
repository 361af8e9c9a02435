using Samenhang.Api.Reading;
using Samenhang.Api.Writing;
using Samenhang.Language;
using Samenhang.Messages;
using Samenhang.Platform.Telemetry;
using Samenhang.Rules;
using Wire = Samenhang.Protos.Common.V1;

namespace Samenhang.Domains.Assessment;

/// <summary>The answer to a question over gRPC.</summary>
/// <param name="Rows">One for each need and scheme that the rulebook knows.</param>
/// <param name="Explanation">The reasoning of the row that was asked for.</param>
/// <param name="WouldBeCoveredIf">The changes of a fact that would lead to cover.</param>
/// <param name="RulebookVersion">What it follows from.</param>
public sealed record Answer(
    IReadOnlyList<Wire.Coverage> Rows, IReadOnlyList<Wire.ExplanationNode> Explanation, IReadOnlyList<string> WouldBeCoveredIf, string RulebookVersion);

/// <summary>Answers questions over gRPC.</summary>
public static class Answers
{
    /// <summary>The row to explain; null when none was asked for.</summary>
    public static (string NeedId, string Scheme)? RowToExplain(this RequestReader reader, string field, string? needId, string? scheme)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return needId is null || scheme is null
            ? null
            : (reader.Id($"{field}.need_id", needId), reader.Code($"{field}.scheme", scheme, reader.Vocabulary.Schemes.Keys));
    }

    /// <summary>The rows that another answer points to.</summary>
    public static IReadOnlyList<SuggestedScheme> Suggested(this RequestReader reader, string field, IReadOnlyList<Wire.SuggestedRow> rows)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.Items(field, rows, (path, row) => new SuggestedScheme(
            reader.Id($"{path}.need_id", row.NeedId), reader.Code($"{path}.scheme", row.Scheme, reader.Vocabulary.Schemes.Keys)));
    }

    /// <summary>The answer to a question.</summary>
    public static Answer AnswerOf<TDomain>(this DomainRulebook<TDomain> rulebook, Case view, IReadOnlyList<SuggestedScheme> suggested, (string NeedId, string Scheme)? explain)
        where TDomain : IDomain
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        var now = rulebook.Now;
        var explanation = explain is { } row ? now.Explain(view, row.NeedId, row.Scheme) : null;
        return new Answer(
            [.. Measures.EvaluateRules(TDomain.Name, () => now.Assess(view, suggested)).Select(WireWriter.ToWire)],
            [.. explanation?.ToWire() ?? []],
            [.. explanation?.WouldBeCoveredIf() ?? []],
            now.Version);
    }

    /// <summary>The rows of a rulebook, also those that another answer points to.</summary>
    public static IReadOnlyList<Coverage> Assess(this Rulebook rulebook, Case view, IEnumerable<SuggestedScheme> suggested)
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        return rulebook.Assess(view, suggested.Select(row => (row.NeedId, row.Scheme)));
    }
}
