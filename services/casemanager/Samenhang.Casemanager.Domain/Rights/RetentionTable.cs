using System.Text.Json;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Rights;

/// <summary>Files of one kind that a law lets nobody erase before their time.</summary>
public sealed record RetentionLine
{
    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    /// <summary>The laws of the schemes whose provisions have such a file.</summary>
    public required IReadOnlyList<string> Laws { get; init; }

    /// <summary>The statuses in which a provision has one: before a decision there is nothing to keep.</summary>
    public required IReadOnlyList<string> Statuses { get; init; }

    /// <summary>The services every record of which is such a file, also one that is no provision.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>How many years, from the end or else the last change; null = that is not known here, and no day passes it.</summary>
    public int? Years { get; init; }

    /// <summary>Which law says so.</summary>
    public required string Article { get; init; }

    /// <summary>By which article the person may ask whoever keeps the file to destroy it sooner; null = there is none.</summary>
    public string? Sooner { get; init; }

    /// <summary>What is kept, in words.</summary>
    public required Sentence What { get; init; }

    /// <summary>How we know.</summary>
    public required string Source { get; init; }
}

/// <summary>What must stay, by which law and how long: data, in <c>retention.json</c> beside this file.</summary>
public sealed class RetentionTable
{
    private RetentionTable(IReadOnlyList<RetentionLine> lines) => Lines = lines;

    /// <summary>The table of this build.</summary>
    public static RetentionTable Standard { get; } = Read();

    /// <summary>The lines.</summary>
    public IReadOnlyList<RetentionLine> Lines { get; }

    /// <summary>The line for a provision; null when nothing lets it stay.</summary>
    /// <param name="law">The law of its scheme.</param>
    /// <param name="status">How far it has come.</param>
    public RetentionLine? OfProvision(string law, string status) => Lines.FirstOrDefault(line => line.Laws.Contains(law) && line.Statuses.Contains(status));

    /// <summary>The line for a record of a service; null when nothing lets it stay.</summary>
    public RetentionLine? OfRecord(string service) => Lines.FirstOrDefault(line => line.Services.Contains(service));

    private static RetentionTable Read()
    {
        using var file = typeof(RetentionTable).Assembly.GetManifestResourceStream("retention.json")!;
        return new(JsonSerializer.Deserialize<List<RetentionLine>>(file, JsonSerializerOptions.Web)!);
    }
}
