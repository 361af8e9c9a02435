using System.Text.RegularExpressions;

namespace Samenhang.Architecture.Tests;

/// <summary>Every call of every service has its line about who may make it, and no line is about a call that is not there.</summary>
public sealed partial class TheCalls
{
    private static readonly string[] OpenToAll = ["grpc.health.v1.Health"];

    [Fact]
    public void Each_say_who_may_make_them()
    {
        var made = Directory.EnumerateFiles(Path.Combine(Solution.Root, "protos"), "*.proto", SearchOption.AllDirectories).SelectMany(Calls).ToHashSet();
        var told = Lines().ToList();

        Assert.True(made.Count > 100, "The contracts were not found.");
        Assert.Empty(made.Except(told));
        Assert.Empty(told.Except(made));
        Assert.Equal(told.Count, told.Distinct().Count());
    }

    private static IEnumerable<string> Calls(string file)
    {
        var text = File.ReadAllText(file);
        var package = Package().Match(text).Groups[1].Value;
        var service = "";
        foreach (var line in text.Split('\n'))
        {
            if (Service().Match(line) is { Success: true } begins)
            {
                service = $"{package}.{begins.Groups[1].Value}";
            }
            else if (Rpc().Match(line) is { Success: true } call && !OpenToAll.Contains(service))
            {
                yield return $"{service}/{call.Groups[1].Value}";
            }
        }
    }

    private static IEnumerable<string> Lines()
    {
        var service = "";
        foreach (var line in File.ReadLines(Path.Combine(Solution.Root, "services", "access", "Samenhang.Access", "calls.yaml")).Where(line => !line.StartsWith('#')))
        {
            var name = line.Trim().Split(':')[0];
            if (line.StartsWith(' '))
            {
                yield return $"{service}/{name}";
            }
            else
            {
                service = name;
            }
        }
    }

    [GeneratedRegex(@"^package ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Package();

    [GeneratedRegex(@"^service (\w+) \{")]
    private static partial Regex Service();

    [GeneratedRegex(@"^  rpc (\w+)\(")]
    private static partial Regex Rpc();
}
