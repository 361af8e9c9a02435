using Grpc.Core;
using Samenhang.Access;

namespace Samenhang.Platform.Access;

/// <summary>The metadata of a call that say who, what for and on which ground (VNG Verwerkingenlogging, decision B9177: in headers, not in the message).</summary>
public static class CallHeaders
{
    /// <summary><c>Bearer</c> and the token.</summary>
    public const string Authorization = "authorization";

    /// <summary>The code of a purpose.</summary>
    public const string Purpose = "x-doelbinding";

    /// <summary>The code of a legal ground.</summary>
    public const string Ground = "x-grondslag";

    /// <summary>Why this is an emergency.</summary>
    public const string Reason = "x-reden";

    /// <summary><c>normaal</c> or <c>vertrouwelijk</c>.</summary>
    public const string Confidentiality = "x-vertrouwelijkheid";

    /// <summary>The OIN of the organisation that calls; it must be that of the token.</summary>
    public const string Oin = "x-oin";

    /// <summary>The identifier of the processing activity in the register of who calls.</summary>
    public const string Activity = "x-verwerkingsactiviteit-id";

    private const string Binary = "-bin";

    internal static CallStatement Read(Metadata headers) => new(Text(headers, Purpose), Text(headers, Ground), Text(headers, Reason), Text(headers, Confidentiality));

    /// <summary>The text of a header; what is not ASCII comes as UTF-8 in the name with <c>-bin</c>.</summary>
    internal static string? Text(Metadata headers, string name) =>
        headers.GetValue(name) ?? (headers.GetValueBytes(name + Binary) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null);

    /// <summary>Adds a header, as UTF-8 in the name with <c>-bin</c> when it is not ASCII.</summary>
    internal static void Add(Metadata headers, string name, string value)
    {
        if (value.All(letter => letter is >= ' ' and <= '~'))
        {
            headers.Add(name, value);
        }
        else
        {
            headers.Add(name + Binary, System.Text.Encoding.UTF8.GetBytes(value));
        }
    }
}
