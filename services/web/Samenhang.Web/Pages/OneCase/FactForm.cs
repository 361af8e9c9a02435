using System.Globalization;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Types;
using Samenhang.Web.Forms;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Pages.OneCase;

/// <summary>Reads the value of a fact from a form, as <see cref="FactInput"/> asks for it.</summary>
internal static class FactForm
{
    private const int MostDecimals = 28;

    /// <summary>The value; null = nothing was filled in. What cannot be read is a fault of the field.</summary>
    public static FactValue? Read(FormState form, string field, FactDescription fact, Voice voice)
    {
        var text = form[field];
        if (text.Length == 0)
        {
            return null;
        }

        switch (fact.Kind)
        {
            case FactKind.YesNo:
                return new FactValue { BoolValue = text == "yes" };
            case FactKind.Day when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day):
                return new FactValue { DateValue = new Date { Year = day.Year, Month = day.Month, Day = day.Day } };
            case FactKind.WholeNumber or FactKind.Number when text.Length <= MostDecimals
                && decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && (fact.Kind == FactKind.Number || number == decimal.Truncate(number)):
                return new FactValue { DecimalValue = number.ToString(CultureInfo.InvariantCulture) };
            case FactKind.Code:
                return new FactValue { CodeValue = text };
            case FactKind.Codes:
                return new FactValue { CodeSetValue = new CodeSet { Codes = { fact.Choices.Count > 0 ? form.All(field).Where(code => code.Length > 0) : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) } } };
            case FactKind.Text:
                return new FactValue { TextValue = text };
            default:
                form.Wrong(field, voice[fact.Kind == FactKind.Day ? "form.noDay" : "form.noNumber"]);
                return null;
        }
    }
}
