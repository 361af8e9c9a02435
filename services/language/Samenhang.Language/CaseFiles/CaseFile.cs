namespace Samenhang.Language.CaseFiles;

/// <summary>
/// One case file (format samenhang-case/1): a case, what is expected of its answers, and variants of it. Only
/// <see cref="Case"/> goes to the rule engine; identifier, title, source and expectations never reach it.
/// </summary>
public sealed record CaseFile
{
    /// <summary>The identifier; the name of the file when the file gives none.</summary>
    public required string Id { get; init; }

    /// <summary>The title, or null.</summary>
    public string? Title { get; init; }

    /// <summary>The document that the case was taken from, or null.</summary>
    public CaseSource? Source { get; init; }

    /// <summary>The case itself.</summary>
    public required Case Case { get; init; }

    /// <summary>What an assessment must give, or null when the file expects nothing.</summary>
    public Expectation? Expect { get; init; }

    /// <summary>The same case with changes, each read and checked as a whole case.</summary>
    public IReadOnlyList<CaseVariant> Variants { get; init; } = [];
}

/// <summary>A case file's case with a patch applied, and the expectations that hold for it.</summary>
/// <param name="Id">Unique in the file.</param>
/// <param name="Case">The whole patched case.</param>
/// <param name="Expect">The expectations of the file, with each key that the variant names replaced as a whole.</param>
public sealed record CaseVariant(string Id, Case Case, Expectation? Expect);

/// <summary>Where a case comes from.</summary>
/// <param name="File">The source document, or null.</param>
/// <param name="Vignette">The vignette in that document, or null.</param>
/// <param name="Origin"><c>text</c> (told in the document) or <c>constructed</c>; or null.</param>
public sealed record CaseSource(string? File, string? Vignette, string? Origin);
