using Samenhang.Platform.Errors;

namespace Samenhang.Zvw.Paths;

/// <summary>What the state of a path forbids.</summary>
internal static class PathErrors
{
    internal static Error.StateForbids Forbids(this CarePath path, string type, string nl, string en) =>
        new(type, $"{CarePath.Kind}/{path.Id}", new BilingualText(nl, en));

    internal static Result<CarePath> NotBefore(this CarePath path, DateOnly earliest, DateOnly day) =>
        day >= earliest ? path : path.Forbids("DAY_TOO_EARLY", $"Deze dag ligt vóór {earliest:yyyy-MM-dd}.", $"This day lies before {earliest:yyyy-MM-dd}.");
}
