using System.Text.Json;
using System.Text.Json.Serialization;

namespace Samenhang.Platform.Store;

/// <summary>How events and bus messages are written as JSON. Value types bring their own converter by attribute.</summary>
public static class StoreJson
{
    /// <summary>camelCase names, enums by name, null left out; a missing required member is an error, an unknown member is not.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            NumberHandling = JsonNumberHandling.Strict,
            Converters = { new JsonStringEnumConverter() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
