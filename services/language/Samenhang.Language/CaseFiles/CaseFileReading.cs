namespace Samenhang.Language.CaseFiles;

/// <summary>What reading a case file gave: the whole file, or every fault that was found. Never half a file.</summary>
/// <remarks>A closed sum type: a switch over it names both cases.</remarks>
public abstract record CaseFileReading
{
    private CaseFileReading()
    {
    }

    /// <summary>The file was read and everything in it agrees with the vocabulary.</summary>
    /// <param name="File">The file.</param>
    public sealed record Read(CaseFile File) : CaseFileReading;

    /// <summary>The file cannot be used.</summary>
    /// <param name="Faults">Every fault, in the order of the text; never empty.</param>
    public sealed record Faulty(IReadOnlyList<CaseFileFault> Faults) : CaseFileReading;
}

/// <summary>One thing that is wrong in a case file, with its place.</summary>
/// <param name="File">The name of the file as it was given.</param>
/// <param name="Line">The line in the file, from 1; 0 when the fault is about the file as a whole.</param>
/// <param name="Column">The character in that line, from 1; 0 when the fault is about the file as a whole.</param>
/// <param name="Variant">The variant in which it shows, or null for the case itself.</param>
/// <param name="Path">The JSON path in the (patched) case, for example <c>$.needs[0].kind</c>.</param>
/// <param name="Text">What is wrong and what would be right, with the suggestion for a misspelt name.</param>
/// <param name="Suggestion">The name that was probably meant, or null.</param>
public sealed record CaseFileFault(string File, int Line, int Column, string? Variant, string Path, Sentence Text, string? Suggestion)
{
    /// <summary>One line in Dutch: <c>file(line,column) variant a: path: sentence</c>.</summary>
    public string LineNl => Where("variant") + Text.Nl;

    /// <summary>One line in English.</summary>
    public string LineEn => Where("variant") + Text.En;

    /// <inheritdoc/>
    public override string ToString() => LineEn;

    private string Where(string variant) =>
        File + (Line > 0 ? $"({Line},{Column})" : "") + (Variant is null ? "" : $" {variant} {Variant}") + ": " + (Path == "$" ? "" : Path + ": ");
}
