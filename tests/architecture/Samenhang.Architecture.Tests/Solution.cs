using System.Reflection;
using System.Xml.Linq;

namespace Samenhang.Architecture.Tests;

/// <summary>One project file: its place in the repository, the projects and the packages that it names.</summary>
internal sealed record ProjectFile(string Path, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    public override string ToString() => Path;
}

/// <summary>The project files of the repository that these tests were built from.</summary>
internal static class Solution
{
    public static string Root { get; } = typeof(Solution).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static IReadOnlyList<ProjectFile> Projects { get; } = [.. Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "artifacts"))
        .Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>The projects that a project can use: those it names, and what these name in turn.</summary>
    public static IReadOnlySet<string> ReachableFrom(ProjectFile project)
    {
        var reached = new HashSet<string>();
        void Follow(ProjectFile from)
        {
            foreach (var name in from.References.Where(reached.Add))
            {
                Follow(Projects.Single(p => p.Name == name));
            }
        }

        Follow(project);
        return reached;
    }

    private static ProjectFile Read(string path)
    {
        var xml = XDocument.Load(Path.Combine(Root, path));
        IEnumerable<string> Named(string element) => xml.Descendants(element).Select(node => node.Attribute("Include")?.Value).OfType<string>();
        return new(path, [.. Named("ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))], [.. Named("PackageReference")]);
    }
}
