using Samenhang.Platform.Errors;

namespace Samenhang.Uwv.Records;

/// <summary>What the state of a record of UWV forbids.</summary>
internal static class Forbidden
{
    public static Error.StateForbids Because(string type, string record, string nl, string en) => new(type, record, new BilingualText(nl, en));

    public static Error.StateForbids TooEarly(string record, DateOnly earliest) =>
        Because("DAY_TOO_EARLY", record, $"Deze dag ligt vóór {earliest:yyyy-MM-dd}.", $"This day lies before {earliest:yyyy-MM-dd}.");
}
