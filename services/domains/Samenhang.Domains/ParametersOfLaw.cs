using Samenhang.Language;

namespace Samenhang.Domains;

/// <summary>The numbers and days of the law, from the vocabulary.</summary>
public static class ParametersOfLaw
{
    /// <summary>The value of a parameter on a day; before its first period that of the first.</summary>
    public static Value Of(this Vocabulary vocabulary, string id, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        var periods = vocabulary.Parameters[id];
        return (periods.FirstOrDefault(period => period.Validity.Contains(day)) ?? periods[0]).Value;
    }
}
