using System.Xml.Linq;

namespace Samenhang.Architecture.Tests;

/// <summary>Which project may use which. Dependencies point one way, so that the compiler keeps input and output out of the law.</summary>
public sealed class TheArrows
{
    private const string Language = "Samenhang.Language";
    private const string Rules = "Samenhang.Rules";
    private const string Deadlines = "Samenhang.Deadlines";
    private const string Access = "Samenhang.Access";
    private const string Platform = "Samenhang.Platform";
    private const string Host = "Samenhang.Host";

    /// <summary>The projects that hold law and decisions only.</summary>
    private static readonly string[] Pure = [Language, Rules, Deadlines, Access, "Samenhang.Events", "Samenhang.Casemanager.Domain"];

    private static readonly string[] Hosts = ["Samenhang.Casemanager", "Samenhang.Zvw", "Samenhang.Gemeente", "Samenhang.Uwv", "Samenhang.Employer"];

    public static TheoryData<string, string[]> Allowed() => new()
    {
        { Language, [] },
        { Rules, [Language] },
        { Deadlines, [Language] },
        { "Samenhang.Events", [Language] },
        { Access, [] },
        { "Samenhang.Casemanager.Domain", [Language, Rules, Deadlines, Access] },
        { "Samenhang.Messages", [Language] },
        { "Samenhang.Protos", [] },
        { Platform, [Language, Access] },
        { "Samenhang.Web", [Platform, "Samenhang.Protos"] },
        { "Grpc.Core.Api", [] },
        { "Grpc.Net.Common", ["Grpc.Core.Api"] },
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Use_only_what_they_may(string project, string[] may) =>
        Assert.Empty(Solution.Projects.Single(p => p.Name == project).References.Except(may));

    [Fact]
    public void The_web_knows_no_law_and_no_case_but_what_the_protos_say()
    {
        var reached = Solution.ReachableFrom(Solution.Projects.Single(p => p.Name == "Samenhang.Web"));
        Assert.Empty(reached.Intersect([Rules, "Samenhang.Messages", "Samenhang.Api", "Samenhang.Casemanager.Domain", .. Hosts]));
    }

    /// <summary>YamlDotNet reads rulebooks; nothing else from outside is needed to decide.</summary>
    [Fact]
    public void What_is_pure_brings_no_package_that_reads_or_writes_the_world() =>
        Assert.Empty(Solution.Projects.Where(p => Pure.Contains(p.Name)).SelectMany(p => p.Packages.Where(package => package != "YamlDotNet").Select(package => $"{p}: {package}")));

    [Fact]
    public void No_service_uses_another_service()
    {
        var faults = from host in Solution.Projects
                     where Hosts.Contains(host.Name)
                     from other in Solution.ReachableFrom(host)
                     where Hosts.Contains(other) || other == Host
                     select $"{host.Name} → {other}";
        Assert.Equal(Hosts.Order(), Solution.Projects.Select(p => p.Name).Intersect(Hosts).Order());
        Assert.Empty(faults);
    }

    [Fact]
    public void Nothing_that_runs_under_a_host_knows_the_host_of_all() =>
        Assert.Empty(Solution.Projects.Where(p => !p.IsTest && p.Name != Host && Solution.ReachableFrom(p).Contains(Host)).Select(p => p.Path));

    [Fact]
    public void No_project_outside_the_tests_uses_a_test_project()
    {
        var tests = Solution.Projects.Where(p => p.IsTest).Select(p => p.Name).ToHashSet();
        Assert.Empty(Solution.Projects.Where(p => !p.IsTest).SelectMany(p => p.References.Where(tests.Contains).Select(test => $"{p} → {test}")));
    }

    [Fact]
    public void Every_project_stands_in_the_solution_once_and_the_solution_names_no_other()
    {
        var listed = XDocument.Load(Path.Combine(Solution.Root, "Samenhang.slnx")).Descendants("Project").Select(node => node.Attribute("Path")!.Value).ToList();
        Assert.Equal(Solution.Projects.Select(p => p.Path), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_has_its_lock_file() =>
        Assert.Empty(Solution.Projects.Where(p => !File.Exists(Path.Combine(Solution.Root, Path.GetDirectoryName(p.Path)!, "packages.lock.json"))).Select(p => p.Path));

    [Fact]
    public void No_project_sets_a_version_of_its_own() =>
        Assert.Empty(Solution.Projects.Where(p => XDocument.Load(Path.Combine(Solution.Root, p.Path)).Descendants("PackageReference").Any(node => node.Attribute("Version") is not null)).Select(p => p.Path));
}
