using System.Globalization;
using Samenhang.Events.Cesql;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Samenhang.Events.Tests.Cesql;

/// <summary>One case: an expression, the event that it reads, and what must come of it.</summary>
public sealed record CesqlCase(string Place, string Expression, CloudEvent Event, CesqlValue? Result, CesqlErrorKind? Error)
{
    /// <summary>The event of a case that does not care.</summary>
    public static CloudEvent Plain { get; } = new() { Id = "an-id", Source = "urn:nld:oin:00000099000000001000:systeem:proef", Type = "nl.voorbeeld.iets.gebeurd.v1" };

    public override string ToString() => $"{Place}: {Expression}";

    /// <summary>Reads a document that holds a list of cases, or the same below <c>tests</c>.</summary>
    public static IReadOnlyList<CesqlCase> ReadAll(string path)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(path);
        yaml.Load(reader);
        var root = yaml.Documents[0].RootNode;
        var rows = (YamlSequenceNode)(root is YamlMappingNode suite ? suite.Children["tests"] : root);
        return [.. rows.Children.Cast<YamlMappingNode>().Select((row, index) => Read($"{Path.GetFileNameWithoutExtension(path)}[{index}]", row))];
    }

    /// <summary>Whether the case holds; else what came instead.</summary>
    public string? Fault()
    {
        var parsed = CesqlExpression.Parse(Expression);
        if (!parsed.Succeeded)
        {
            return Error == CesqlErrorKind.Parse ? null : $"did not parse: {parsed.Faults[0].DescriptionEn}";
        }

        var result = parsed.Value.Evaluate(Event);
        var kinds = result.Errors.Select(error => error.Kind).ToList();
        if (Error is { } kind ? !kinds.Contains(kind) : kinds.Count > 0)
        {
            return $"errors [{string.Join(", ", kinds)}] in place of {Error?.ToString() ?? "none"}";
        }

        if (Result is { } value && value != result.Value)
        {
            return $"{result.Value.Type} {result.Value} in place of {value.Type} {value}";
        }

        var passes = result.Errors.Count == 0 && result.Value == CesqlValue.Of(true);
        return parsed.Value.Matches(Event) == passes ? null : "as a filter it says something else";
    }

    private static CesqlCase Read(string place, YamlMappingNode row)
    {
        var @event = row.Children.TryGetValue("event", out var given) && given is YamlMappingNode whole && whole.Children.ContainsKey("specversion")
            ? Override(new CloudEvent { Id = "", Source = "", Type = "" }, whole)
            : Override(Plain, given as YamlMappingNode);
        @event = Override(@event, row.Children.TryGetValue("eventOverrides", out var overrides) ? (YamlMappingNode)overrides : null);
        return new(
            place,
            ((YamlScalarNode)row.Children["expression"]).Value!,
            @event,
            row.Children.TryGetValue("result", out var result) ? ValueOf((YamlScalarNode)result) : null,
            row.Children.TryGetValue("error", out var error) ? Enum.Parse<CesqlErrorKind>(((YamlScalarNode)error).Value!, ignoreCase: true) : null);
    }

    private static CloudEvent Override(CloudEvent @event, YamlMappingNode? attributes)
    {
        foreach (var (name, node) in attributes?.Children ?? (IEnumerable<KeyValuePair<YamlNode, YamlNode>>)[])
        {
            var scalar = (YamlScalarNode)node;
            var text = scalar.Value!;
            @event = ((YamlScalarNode)name).Value switch
            {
                "specversion" => @event,
                "id" => @event with { Id = text },
                "source" => @event with { Source = text },
                "type" => @event with { Type = text },
                "subject" => @event with { Subject = text },
                "time" => @event with { Time = Rfc3339.TryParse(text, out var time) ? time : throw new FormatException(text) },
                "datacontenttype" => @event with { DataContentType = text },
                "dataschema" => @event with { DataSchema = text },
                var extension => @event with { Extensions = @event.Extensions.With(extension!, AttributeOf(scalar)) },
            };
        }

        return @event;
    }

    private static AttributeValue AttributeOf(YamlScalarNode scalar)
    {
        var value = ValueOf(scalar);
        return value.Type switch
        {
            CesqlType.Boolean => AttributeValue.Of(value.AsBoolean),
            CesqlType.Integer => AttributeValue.Of(value.AsInteger),
            _ => AttributeValue.Of(value.AsString),
        };
    }

    private static CesqlValue ValueOf(YamlScalarNode scalar) => scalar switch
    {
        { Style: ScalarStyle.Plain } when bool.TryParse(scalar.Value, out var truth) => CesqlValue.Of(truth),
        { Style: ScalarStyle.Plain } when int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => CesqlValue.Of(number),
        _ => CesqlValue.Of(scalar.Value!),
    };
}
