namespace Samenhang.Host.Commands.Assess;

/// <summary>The case files that a command line names.</summary>
internal static class CasePaths
{
    /// <summary>Files as they are named, folders as all *.json below them in ordinal order; each file once.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="missing">The paths where nothing stands.</param>
    public static List<string> Expand(IEnumerable<string> paths, out List<string> missing)
    {
        var files = new List<string>();
        missing = [];
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                files.AddRange(Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
            }
            else if (File.Exists(path))
            {
                files.Add(path);
            }
            else
            {
                missing.Add(path);
            }
        }

        return [.. files.DistinctBy(Path.GetFullPath)];
    }
}
