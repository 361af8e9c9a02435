using System.Globalization;
using System.Reflection;

namespace Samenhang.Platform.Store;

/// <summary>One numbered step of a database schema.</summary>
/// <param name="Number">1, 2, 3 … within its set.</param>
/// <param name="Name">The name of its file, for example <c>0001-events.sql</c>.</param>
/// <param name="Sql">Its statements.</param>
public sealed record Migration(int Number, string Name, string Sql);

/// <summary>
/// The numbered .sql files that make the tables of one owner (the platform's own, or a service's projections). They are embedded in
/// the assembly, applied in order at the start, each once; a file that was applied is never edited, a change is a new file.
/// </summary>
public sealed class Migrations
{
    private Migrations(string set, IReadOnlyList<Migration> steps) => (Set, Steps) = (set, steps);

    /// <summary>Whose tables these are.</summary>
    public string Set { get; }

    /// <summary>The steps in order.</summary>
    public IReadOnlyList<Migration> Steps { get; }

    /// <summary>
    /// Reads the resources <c>migrations/{set}/NNNN-name.sql</c>. In the csproj:
    /// <c>&lt;EmbeddedResource Include="Store/Migrations/*.sql" LogicalName="migrations/casemanager/%(Filename)%(Extension)" /&gt;</c>
    /// </summary>
    /// <exception cref="InvalidOperationException">There are none, or their numbers are not 1, 2, 3 …</exception>
    public static Migrations Embedded(Assembly assembly, string set)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var prefix = $"migrations/{set}/";
        var steps = assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(resource => Read(assembly, resource, resource[prefix.Length..]))
            .ToList();
        if (steps.Count == 0 || steps.Where((step, index) => step.Number != index + 1).Any())
        {
            throw new InvalidOperationException(
                $"The migrations '{prefix}NNNN-name.sql' of {assembly.GetName().Name} must be numbered 1, 2, 3 …; found: "
                + string.Join(", ", steps.Select(step => step.Name)));
        }

        return new Migrations(set, steps);
    }

    private static Migration Read(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var number = int.TryParse(name.Split('-')[0], CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        return new Migration(number, name, reader.ReadToEnd());
    }
}
