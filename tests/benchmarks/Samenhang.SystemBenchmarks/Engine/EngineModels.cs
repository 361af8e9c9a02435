using System.Text.Json.Nodes;

namespace Samenhang.SystemBenchmarks.Engine;

/// <summary>Decisions as the two other engines read them: models, and for each decision which models are asked with which inputs.</summary>
internal sealed class EngineModels
{
    private readonly JsonArray _models = [];
    private readonly JsonArray _decisions = [];

    /// <summary>How many models there are.</summary>
    public int Count => _models.Count;

    /// <summary>Conditions side by side: which hold? In zen one expression node, in json-rules-engine a rule each.</summary>
    /// <returns>The number of the model. Condition n answers as <c>cn</c>.</returns>
    public int AddConditions(IReadOnlyList<Formula> conditions) => Add(
        Graph(new JsonObject
        {
            ["id"] = "decide",
            ["type"] = "expressionNode",
            ["name"] = "decide",
            ["position"] = Nowhere(),
            ["content"] = new JsonObject
            {
                ["expressions"] = new JsonArray([.. conditions.Select((condition, n) => new JsonObject { ["id"] = $"c{n}", ["key"] = $"c{n}", ["value"] = condition.ToZen() })]),
            },
        }),
        conditions.Select((condition, n) => RuleOf(condition, $"c{n}")));

    /// <summary>A decision table of which the first line that holds gives the answer. In json-rules-engine a rule each; no two lines hold at once.</summary>
    /// <returns>The number of the model.</returns>
    public int AddTable(IReadOnlyList<(IReadOnlyList<Formula.Literal> Conditions, string Answer)> lines)
    {
        var columns = lines.SelectMany(line => line.Conditions.Select(literal => literal.Key)).Distinct().ToList();
        return Add(
            Graph(new JsonObject
            {
                ["id"] = "decide",
                ["type"] = "decisionTableNode",
                ["name"] = "decide",
                ["position"] = Nowhere(),
                ["content"] = new JsonObject
                {
                    ["hitPolicy"] = "first",
                    ["inputs"] = new JsonArray([.. columns.Select(column => new JsonObject { ["id"] = column, ["name"] = column, ["field"] = column })]),
                    ["outputs"] = new JsonArray(new JsonObject { ["id"] = "answer", ["name"] = "answer", ["field"] = "answer" }),
                    ["rules"] = new JsonArray([.. lines.Select((line, n) =>
                    {
                        var row = new JsonObject { ["_id"] = $"r{n}", ["answer"] = ZenExpressions.Text(line.Answer) };
                        foreach (var column in columns)
                        {
                            row[column] = string.Join(" and ", line.Conditions.Where(literal => literal.Key == column).Select(literal =>
                                literal.Comparison == Comparison.Equal ? ZenExpressions.Text(literal.Value) : literal.ToZen("$")));
                        }

                        return row;
                    })]),
                },
            }),
            lines.Select(line => RuleOf(new Formula.All(line.Conditions), line.Answer)));
    }

    /// <summary>One decision: models with their inputs.</summary>
    public void AddDecision(IEnumerable<(int Model, Dictionary<string, object?> Inputs)> evaluations)
        => _decisions.Add(new JsonArray([.. evaluations.Select(one => new JsonArray(
            one.Model, new JsonObject(one.Inputs.Select(input => KeyValuePair.Create(input.Key, Formula.Json(input.Value))))))]));

    /// <summary>All of it.</summary>
    public JsonObject ToJson() => new() { ["models"] = _models, ["decisions"] = _decisions };

    private int Add(JsonObject zen, IEnumerable<JsonObject> rules)
    {
        _models.Add(new JsonObject { ["zen"] = zen, ["rules"] = new JsonArray([.. rules]) });
        return _models.Count - 1;
    }

    private static JsonObject RuleOf(Formula condition, string answer) => new()
    {
        ["conditions"] = condition is Formula.Literal ? new Formula.All([condition]).ToJsonRules() : condition.ToJsonRules(),
        ["event"] = new JsonObject { ["type"] = answer },
    };

    private static JsonObject Graph(JsonObject decide) => new()
    {
        ["nodes"] = new JsonArray(
            new JsonObject { ["id"] = "in", ["type"] = "inputNode", ["name"] = "in", ["position"] = Nowhere() },
            decide,
            new JsonObject { ["id"] = "out", ["type"] = "outputNode", ["name"] = "out", ["position"] = Nowhere() }),
        ["edges"] = new JsonArray(
            new JsonObject { ["id"] = "a", ["type"] = "edge", ["sourceId"] = "in", ["targetId"] = "decide" },
            new JsonObject { ["id"] = "b", ["type"] = "edge", ["sourceId"] = "decide", ["targetId"] = "out" }),
    };

    private static JsonObject Nowhere() => new() { ["x"] = 0, ["y"] = 0 };
}
