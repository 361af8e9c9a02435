using Grpc.Core;
using Microsoft.Extensions.Primitives;
using Samenhang.Web.Frame;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Forms;

/// <summary>
/// What stands in a form: empty, filled in beforehand, or as somebody sent it, with what is wrong beside each field. A form that is
/// shown again after a refusal keeps every word that was typed.
/// </summary>
public sealed class FormState
{
    private readonly Dictionary<string, StringValues> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> errors = new(StringComparer.Ordinal);

    private FormState(string requestId) => RequestId = requestId;

    /// <summary>The id of the request: sending the form twice does it once.</summary>
    public string RequestId { get; private set; }

    /// <summary>The version that the writer saw; null = the form has none.</summary>
    public long? ExpectedVersion => long.TryParse(this["expected_version"], out var version) ? version : null;

    /// <summary>Why the casemanager refused; null = it did not.</summary>
    public Rejection? Rejection { get; private set; }

    /// <summary>The files that were sent.</summary>
    public IFormFileCollection Files { get; private init; } = new FormFileCollection();

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsGood => errors.Count == 0;

    /// <summary>The fields with what is wrong; the empty name is the form as a whole.</summary>
    public IEnumerable<KeyValuePair<string, List<string>>> Errors => errors;

    /// <summary>The value of a field, without space around it; empty when there is none.</summary>
    public string this[string field] => values.TryGetValue(field, out var found) ? (found.LastOrDefault() ?? "").Trim() : "";

    /// <summary>A form that nobody has touched.</summary>
    public static FormState New(PageContext page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new(page.NewRequestId());
    }

    /// <summary>What was sent. The edge has checked that it came from a page of ours.</summary>
    public static async Task<FormState> ReadAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var sent = await http.Request.ReadFormAsync(http.RequestAborted);
        var requestId = sent["request_id"].ToString();
        var state = new FormState(requestId.Length is > 0 and <= 64 ? requestId : PageContext.Of(http).NewRequestId()) { Files = sent.Files };
        foreach (var (name, value) in sent)
        {
            state.values[name] = value;
        }

        return state;
    }

    /// <summary>Fills a field in beforehand.</summary>
    public FormState Fill(string field, string? value)
    {
        values[field] = value ?? "";
        return this;
    }

    /// <summary>Fills a field in beforehand that may have more than one value.</summary>
    public FormState FillAll(string field, IEnumerable<string> all)
    {
        values[field] = new StringValues([.. all]);
        return this;
    }

    /// <summary>All values of a field that may have more than one.</summary>
    public IReadOnlyList<string> All(string field) => values.TryGetValue(field, out var found) ? [.. found.OfType<string>()] : [];

    /// <summary>Whether a field was sent with a value: a check mark that is set.</summary>
    public bool Has(string field) => this[field].Length > 0;

    /// <summary>The choice in a field, one of the names of a list of the contract; its first, which stands for none, when it is no other.</summary>
    public T Choice<T>(string field)
        where T : struct, Enum => Enum.TryParse<T>(this[field], out var choice) && Enum.IsDefined(choice) ? choice : default;

    /// <summary>What is wrong with a field.</summary>
    public IReadOnlyList<string> ErrorsOf(string field) => errors.TryGetValue(field, out var found) ? found : [];

    /// <summary>Says what is wrong with a field; the empty name is the form as a whole.</summary>
    public FormState Wrong(string field, string text)
    {
        if (!errors.TryGetValue(field, out var found))
        {
            errors[field] = found = [];
        }

        found.Add(text);
        return this;
    }

    /// <summary>Says that a field must be filled in, when it is not.</summary>
    public FormState Require(string field, Voice voice)
    {
        ArgumentNullException.ThrowIfNull(voice);
        return this[field].Length > 0 ? this : Wrong(field, voice["form.required"]);
    }

    /// <summary>
    /// Takes what the casemanager refused: each violation beside its field, the rest above the form. After a conflict the next try is a
    /// request of its own, so it gets a new id.
    /// </summary>
    /// <param name="failure">The refusal. One that is a bug is thrown again: the edge shows its page.</param>
    /// <param name="page">The page.</param>
    /// <param name="fieldOf">The form's field for a field of the contract; null, or an answer of null = the same name.</param>
    public FormState Refused(RpcException failure, PageContext page, Func<string, string?>? fieldOf = null)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(page);
        if (!Rejection.TryRead(failure, out var rejection))
        {
            throw failure;
        }

        Rejection = rejection;
        var before = errors.Count;
        foreach (var (field, text) in rejection.Violations(page.Voice))
        {
            Wrong(fieldOf?.Invoke(field) ?? field, text);
        }

        if (errors.Count == before)
        {
            Wrong("", rejection.Text(page.Voice));
        }

        // The same id with other content would be refused; where nothing answered, the same id makes the next try safe.
        if (rejection.Code is not (StatusCode.Unavailable or StatusCode.DeadlineExceeded))
        {
            RequestId = page.NewRequestId();
        }

        if (rejection.CurrentVersion is { } version)
        {
            Fill("expected_version", version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return this;
    }
}

/// <summary>A form as its fields see it.</summary>
/// <param name="Name">Unique on the page: part of the ids of the fields, and the name of the draft.</param>
/// <param name="State">What stands in it.</param>
public sealed record FormFrame(string Name, FormState State)
{
    /// <summary>The id of a field.</summary>
    public string IdOf(string field) => $"{Name}-{new string([.. field.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')])}";
}
