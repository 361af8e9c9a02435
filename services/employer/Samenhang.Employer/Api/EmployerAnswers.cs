using Samenhang.Api.Reading;
using Samenhang.Language;
using Wire = Samenhang.Protos.Employer.V1;

namespace Samenhang.Employer.Api;

/// <summary>Fields that several of the employer's requests have.</summary>
internal static class EmployerAnswers
{
    /// <summary>A yes or no, or null.</summary>
    public static bool? Answer(this RequestReader reader, string field, Wire.Answer answer) => reader.OptionalMember(field, answer) switch
    {
        Wire.Answer.Yes => true,
        Wire.Answer.No => false,
        _ => null,
    };

    /// <summary>A personnel number. A BSN in its place is refused: the employer's side of this system keeps none.</summary>
    public static string PersonnelNumber(this RequestReader reader, string field, string number)
    {
        reader.Id(field, number);
        if (Bsn.TryParse(number, out _))
        {
            reader.Add(field, "Dit lijkt een BSN. Geef het personeelsnummer.", "This looks like a BSN. Give the personnel number.");
        }

        return number;
    }

    /// <summary>A yes or no as the contract says it.</summary>
    public static Wire.Answer ToWire(bool? known) => known switch
    {
        true => Wire.Answer.Yes,
        false => Wire.Answer.No,
        null => Wire.Answer.Unspecified,
    };
}
