using System.Text.Json;

namespace Samenhang.Host.Commands.Rules;

/// <summary>One rule as it was read in its document, before anybody wrote it in a rulebook.</summary>
internal sealed record CatalogueRule
{
    /// <summary>The identifier, the same as in the rulebooks.</summary>
    public required string Id { get; init; }

    /// <summary>decides, condition, duty, information …: what sort of rule it is.</summary>
    public required string Kind { get; init; }

    /// <summary>The services that it concerns.</summary>
    public required IReadOnlyList<string> Service { get; init; }

    /// <summary>How strongly its document speaks, as codes.json spells it.</summary>
    public required string StrengthCode { get; init; }

    /// <summary>The first day, or null.</summary>
    public required DateOnly? ValidFrom { get; init; }

    /// <summary>The last day, or null.</summary>
    public required DateOnly? ValidTo { get; init; }

    /// <summary>The schemes that it names.</summary>
    public IReadOnlyList<string> Schemes { get; init; } = [];

    /// <summary>The flags that it names.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];
}

/// <summary>The list of all rules that were found in the documents. The rulebooks are held against it; no service reads it.</summary>
internal static class RuleCatalogue
{
    /// <summary>Reads catalogue.json from the folder of the vocabulary.</summary>
    public static IReadOnlyList<CatalogueRule> Read(string vocabularyFolder)
    {
        using var file = File.OpenRead(Path.Combine(vocabularyFolder, "catalogue.json"));
        return JsonSerializer.Deserialize<List<CatalogueRule>>(file, JsonSerializerOptions.Web)!;
    }
}
