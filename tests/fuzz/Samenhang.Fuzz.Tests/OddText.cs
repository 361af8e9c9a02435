using System.Text;

namespace Samenhang.Fuzz.Tests;

/// <summary>Texts that programs stumble over.</summary>
internal static class OddText
{
    private static readonly string[] Texts =
    [
        "", " ", "\0", "\t\r\n", "null", "true", "-1", "0", "NaN", "1e999", "9999-12-31", "0000-00-00", "2024-02-30", "{}", "[]", "<x/>", "'; DROP TABLE event; --", "%s%n", "../../etc/passwd",
        "\u202Egninrut", "e\u0301\u0301\u0301", "\U0001F468\u200D\U0001F469\u200D\U0001F467", "\uFEFFbom", "İıſ", "999990019", "01999999-9999-7999-8999-999999999999", new('9', 40), new('a', 300), new('é', 70_000),
    ];

    private static readonly byte[][] NoText =
    [
        [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82],
    ];

    /// <summary>A text that is valid Unicode.</summary>
    public static string Any(Random random) => Texts[random.Next(Texts.Length)];

    /// <summary>Bytes that may be no UTF-8.</summary>
    public static byte[] Bytes(Random random) => random.Next(2) == 0 ? NoText[random.Next(NoText.Length)] : Encoding.UTF8.GetBytes(Any(random));
}
