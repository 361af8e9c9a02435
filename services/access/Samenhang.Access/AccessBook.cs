using System.Collections.Frozen;
using YamlDotNet.RepresentationModel;

namespace Samenhang.Access;

/// <summary>The two lists by which calls are admitted: purposes, and calls. They are part of the program, as the calls are.</summary>
public sealed class AccessBook
{
    private static readonly Lazy<AccessBook> Read = new(() => new AccessBook(Load("purposes.yaml"), Load("calls.yaml")));

    private readonly IReadOnlyList<AccessPurpose> purposes;
    private readonly FrozenDictionary<string, CallRight> calls;

    private AccessBook(YamlMappingNode purposes, YamlMappingNode calls)
    {
        this.purposes = [.. purposes.Children.Select(entry => PurposeOf(Text(entry.Key), (YamlMappingNode)entry.Value))];
        this.calls = calls.Children
            .SelectMany(service => ((YamlMappingNode)service.Value).Children.Select(call => RightOf($"{Text(service.Key)}/{Text(call.Key)}", (YamlMappingNode)call.Value)))
            .ToFrozenDictionary(right => right.Method, StringComparer.Ordinal);
    }

    /// <summary>The lists of this program.</summary>
    public static AccessBook Current => Read.Value;

    /// <summary>All purposes; of those of one role the most usual first.</summary>
    public IEnumerable<AccessPurpose> Purposes => purposes;

    /// <summary>All calls.</summary>
    public IEnumerable<CallRight> Calls => calls.Values.OrderBy(call => call.Method, StringComparer.Ordinal);

    /// <summary>The purpose with this code; null = there is none.</summary>
    public AccessPurpose? Purpose(string id) => purposes.FirstOrDefault(purpose => purpose.Id == id);

    /// <summary>Who may make a call; null = nobody.</summary>
    /// <param name="method">As gRPC writes it: <c>/package.Service/Method</c>.</param>
    public CallRight? Right(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return calls.GetValueOrDefault(method.TrimStart('/'));
    }

    /// <summary>The purposes that are first of all those of a role; what an emergency allows is not among them.</summary>
    public IReadOnlyList<AccessPurpose> OwnPurposes(CallerRole role) => [.. Purposes.Where(purpose => purpose.Roles[0] == role && !purpose.IsEmergency)];

    /// <summary>All that somebody in a role may be allowed.</summary>
    public IReadOnlyList<string> ScopesOf(CallerRole role) =>
        [.. calls.Values.Where(call => call.Roles.Contains(role)).Select(call => call.Scope).Distinct().Order(StringComparer.Ordinal)];

    private static AccessPurpose PurposeOf(string id, YamlMappingNode node) => new(
        id,
        [.. List(node, "roles").Select(RoleOf)],
        [.. List(node, "grounds").Select(code => Codes.GroundOf(code) ?? throw new InvalidDataException($"purposes.yaml: '{code}' is no ground."))],
        new(Text(node["nl"]), Text(node["en"])),
        Text(node["source"]),
        node.Children.TryGetValue("emergency", out var emergency) && Text(emergency) == "true");

    private static CallRight RightOf(string method, YamlMappingNode node)
    {
        var scope = Text(node["scope"]);
        return new(
            method,
            scope,
            [.. List(node, "roles").Select(RoleOf)],
            !node.Children.TryGetValue("about", out var about) ? CallMatter.Person
                : Enum.TryParse<CallMatter>(Text(about), ignoreCase: true, out var matter) ? matter
                : throw new InvalidDataException($"calls.yaml: {method} is about '{Text(about)}', which is nothing."),
            scope.EndsWith(":read", StringComparison.Ordinal));
    }

    private static CallerRole RoleOf(string code) => Codes.RoleOf(code) ?? throw new InvalidDataException($"'{code}' is no role.");

    private static IEnumerable<string> List(YamlMappingNode node, string key) => ((YamlSequenceNode)node[key]).Children.Select(Text);

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value ?? "";

    private static YamlMappingNode Load(string name)
    {
        using var stream = typeof(AccessBook).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not part of the program.");
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }
}
