using Samenhang.Api.Reading;
using Samenhang.Api.Writing;
using Samenhang.Language;
using Samenhang.Messages;
using Wire = Samenhang.Protos.Common.V1;

namespace Samenhang.Domains.Assessment;

/// <summary>The answer to a question over gRPC.</summary>
/// <param name="Rows">One for each need and scheme that the rulebook knows.</param>
/// <param name="Explanation">The reasoning of the row that was asked for.</param>
/// <param name="WouldBeCoveredIf">The changes of a fact that would lead to cover.</param>
public sealed record Answer(
    IReadOnlyList<Wire.Coverage> Rows, IReadOnlyList<Wire.ExplanationNode> Explanation, IReadOnlyList<string> WouldBeCoveredIf);

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
        var explanation = explain is { } row ? rulebook.Explain(view, row.NeedId, row.Scheme) : null;
        return new Answer(
            [.. rulebook.Assess(view, suggested).Select(WireWriter.ToWire)],
            [.. explanation?.ToWire() ?? []],
            [.. explanation?.WouldBeCoveredIf() ?? []]);
    }
}
