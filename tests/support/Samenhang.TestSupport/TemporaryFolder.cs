namespace Samenhang.TestSupport;

/// <summary>A folder that lives as long as one test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Its full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("samenhang-").FullName;

    /// <summary>The full path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Removes it with all it holds.</summary>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
