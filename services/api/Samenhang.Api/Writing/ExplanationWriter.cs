using Samenhang.Language;
using Samenhang.Rules;
using Wire = Samenhang.Protos.Common.V1;

namespace Samenhang.Api.Writing;

/// <summary>Writes the reasoning behind a row as the contracts say it.</summary>
public static class ExplanationWriter
{
    /// <summary>Each clause with its conditions, what they read and whether they held; then what was used of a municipality's or insurer's own policy.</summary>
    public static IEnumerable<Wire.ExplanationNode> ToWire(this RowExplanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        foreach (var trace in explanation.Clauses)
        {
            var node = new Wire.ExplanationNode
            {
                RuleId = trace.Clause.Rule.Id,
                Text = trace.InForce ? trace.Clause.Rule.Title : $"{trace.Clause.Rule.Title} ({trace.Clause.Rule.Validity})",
                Truth = trace.Truth.ToWire(),
            };
            if (trace.Condition is { } condition)
            {
                node.Children.Add(condition.ToWire());
            }

            yield return node;
        }

        foreach (var policy in explanation.Policies)
        {
            yield return new Wire.ExplanationNode { Text = $"{policy.Tenant}: {policy.What} = {policy.Value} ({policy.Validity}; {policy.Source})", Truth = Wire.Truth.True };
        }
    }

    /// <summary>The changes of a fact that would lead to cover: <c>health.dsmDisorder = suspected → covered</c>.</summary>
    public static IEnumerable<string> WouldBeCoveredIf(this RowExplanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return from change in explanation.Changes
            where change.Outcome is Outcome.Covered or Outcome.Conditional
            select $"{change.Fact} = {change.To}";
    }

    private static Wire.ExplanationNode ToWire(this TraceNode node) => new()
    {
        Text = node.Text,
        Truth = node.Truth.ToWire(),
        Facts = { node.Facts.Select(WireWriter.ToWire) },
        Children = { node.Parts.Select(ToWire) },
    };

    private static Wire.Truth ToWire(this Truth truth) => (Wire.Truth)(truth + 1);
}
