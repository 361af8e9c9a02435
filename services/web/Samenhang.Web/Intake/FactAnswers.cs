using System.Globalization;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Web.Forms;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Intake;

/// <summary>Reads the answer to a fact from a form, and fills it in again.</summary>
internal static class FactAnswers
{
    /// <summary>As the form says that whoever was asked does not know.</summary>
    public const string NotKnown = "?";

    /// <summary>The field of a fact.</summary>
    public static string FieldOf(string factId) => "fact." + factId;

    /// <summary>The check mark of a fact that is typed: it is not known.</summary>
    public static string NotKnownFieldOf(string factId) => "unknown." + factId;

    /// <summary>Whether the answer is chosen and not typed.</summary>
    public static bool IsChosen(FactForm form) => form.Kind == AnswerKind.Bool || (form.Kind == AnswerKind.Code && form.Choices.Count > 0);

    /// <summary>The answer; null = none was given.</summary>
    public static IntakeAnswer? Read(FactForm form, FormState sent, Voice voice)
    {
        var field = FieldOf(form.FactId);
        if (sent[field] == NotKnown || sent.Has(NotKnownFieldOf(form.FactId)))
        {
            return new IntakeAnswer(form.Kind, "");
        }

        var text = form.Kind == AnswerKind.CodeSet && form.Choices.Count > 0 ? string.Join('|', sent.All(field).Where(code => code.Length > 0)) : sent[field];
        if (text.Length == 0)
        {
            return null;
        }

        var fault = form.Kind switch
        {
            AnswerKind.Date when IntakeDraft.Day(text) is null => "fact.wrong.day",
            AnswerKind.Int when !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => "fact.wrong.int",
            AnswerKind.Decimal when !decimal.TryParse(text.Replace(',', '.'), NumberStyles.Number, CultureInfo.InvariantCulture, out _) => "fact.wrong.decimal",
            AnswerKind.Bool when text is not ("true" or "false") => "fact.wrong.choice",
            AnswerKind.Code when form.Choices.Count > 0 && form.Choices.All(choice => choice.Code != text) => "fact.wrong.choice",
            _ => null,
        };
        if (fault is not null)
        {
            sent.Wrong(field, $"{voice.Of(form.Label).Text}: {voice[fault]}");
        }

        return new IntakeAnswer(form.Kind, text);
    }

    /// <summary>Fills an answer in.</summary>
    public static void Fill(FormState state, string factId, IntakeAnswer answer)
    {
        if (answer.Text.Length == 0)
        {
            state.Fill(FieldOf(factId), NotKnown).Fill(NotKnownFieldOf(factId), "yes");
        }
        else if (answer.Kind == AnswerKind.CodeSet)
        {
            state.FillAll(FieldOf(factId), answer.Text.Split('|'));
        }
        else
        {
            state.Fill(FieldOf(factId), answer.Text);
        }
    }

    /// <summary>The answer in words.</summary>
    public static (string Text, string Language) Say(IntakeAnswer answer, FactForm? form, Voice voice) => answer switch
    {
        { Text: "" } => (voice["fact.notKnown"], voice.Language),
        { Kind: AnswerKind.Bool } => (voice[answer.Text == "true" ? "fact.yes" : "fact.no"], voice.Language),
        { Kind: AnswerKind.Date } when IntakeDraft.Day(answer.Text) is { } day => (voice.Day(day), voice.Language),
        { Kind: AnswerKind.Code or AnswerKind.CodeSet } when form is not null => (
            string.Join(", ", answer.Text.Split('|').Select(code => form.Choices.FirstOrDefault(choice => choice.Code == code)?.Label.Nl ?? code)), "nl"),
        _ => (answer.Text, voice.Language),
    };
}
