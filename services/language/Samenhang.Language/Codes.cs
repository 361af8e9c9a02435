namespace Samenhang.Language;

/// <summary>The vocabulary's own spelling of coded values: <c>notCovered</c>, <c>hard</c>, <c>urgent</c>.</summary>
public static class Codes
{
    /// <summary>The code of an outcome, as outcomes.json spells it.</summary>
    public static string Code(this Outcome outcome) => outcome switch
    {
        Outcome.Covered => "covered",
        Outcome.Conditional => "conditional",
        Outcome.NotCovered => "notCovered",
        Outcome.Undetermined => "undetermined",
        Outcome.NotApplicable => "notApplicable",
        Outcome.NotThisDomain => "notThisDomain",
    };

    /// <summary>The code of a strength, as outcomes.json spells it.</summary>
    public static string Code(this Strength strength) => strength switch
    {
        Strength.Proposal => "proposal",
        Strength.Opinion => "opinion",
        Strength.Interpretation => "interpretation",
        Strength.Hard => "hard",
    };

    /// <summary>The code of a severity, as flags.json spells it.</summary>
    public static string Code(this Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Attention => "attention",
        Severity.Urgent => "urgent",
    };

    /// <summary>The code of a truth value: true, false or unknown.</summary>
    public static string Code(this Truth truth) => truth switch
    {
        Truth.False => "false",
        Truth.Unknown => "unknown",
        Truth.True => "true",
    };
}
