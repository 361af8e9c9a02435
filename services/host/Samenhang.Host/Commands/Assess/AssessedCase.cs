using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Host.Commands.Assess;

/// <summary>One case or variant of a file with everything that the assessment says about it.</summary>
internal sealed record AssessedCase
{
    /// <summary>The file as it was given on the command line.</summary>
    public required string File { get; init; }

    /// <summary>The identifier of the case.</summary>
    public required string CaseId { get; init; }

    /// <summary>Its title, or null.</summary>
    public required string? Title { get; init; }

    /// <summary>The variant, or null for the case itself.</summary>
    public required string? Variant { get; init; }

    /// <summary>The case.</summary>
    public required Case Case { get; init; }

    /// <summary>The plan, with the coverage matrix, the findings and the questions.</summary>
    public required Plan Plan { get; init; }

    /// <summary>The facts that were derived.</summary>
    public required IReadOnlyList<DerivedFact> Facts { get; init; }

    /// <summary>What the file expects, or null.</summary>
    public required Expectation? Expect { get; init; }
}
