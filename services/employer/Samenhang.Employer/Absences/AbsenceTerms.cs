using Samenhang.Domains;
using Samenhang.Language;

namespace Samenhang.Employer.Absences;

/// <summary>The numbers of the law that decide on an absence, on a day.</summary>
/// <param name="SameAbsenceDays">Fewer days at work than this between two periods make them one absence (BW art. 7:629 lid 10).</param>
/// <param name="SanctionWeeks">The longest wage sanction (Wet WIA art. 25 lid 9).</param>
public sealed record AbsenceTerms(int SameAbsenceDays, int SanctionWeeks)
{
    /// <summary>The numbers that hold on a day; before the first period of a number that first one.</summary>
    public static AbsenceTerms On(Vocabulary vocabulary, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return new AbsenceTerms((int)vocabulary.Of("wvp.sameAbsenceDays", day).Number, (int)vocabulary.Of("wvp.wageSanctionWeeks", day).Number);
    }
}
