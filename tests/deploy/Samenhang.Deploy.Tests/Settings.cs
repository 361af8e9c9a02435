using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.Web.SignIn;

namespace Samenhang.Deploy.Tests;

/// <summary>Which variables our programs read.</summary>
internal static class Settings
{
    private const string Prefix = "SAMENHANG_";
    private const string SignIn = "Web__SignIn__";
    private const string Access = "Access__";

    /// <summary>Read from the configuration as they stand, beside the options of the platform.</summary>
    private static readonly string[] ReadByName = ["Secrets", "Home", "Tenants", "Vault__Key", "Vault__ConnectionString", "Keys__Ring", "Keys__File"];

    private static readonly string[] WordsOfSecrets = ["password", "token", "vault__key", "keys__ring", "connectionstring", "secret_key"];

    /// <summary>Whether a variable, or the name of a file with a secret, is a setting that exists. Variables of others are not judged.</summary>
    public static bool Exists(string variable)
    {
        var name = variable.StartsWith("Samenhang__", StringComparison.Ordinal) ? Prefix + variable["Samenhang__".Length..] : variable;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return true;
        }

        name = name[Prefix.Length..];
        if (ReadByName.Contains(name))
        {
            return true;
        }

        if (name.StartsWith(SignIn, StringComparison.Ordinal))
        {
            return typeof(SignInOptions).GetProperty(name[SignIn.Length..]) is not null;
        }

        var (start, steps) = name.StartsWith(Access, StringComparison.Ordinal)
            ? (typeof(AccessOptions), name[Access.Length..].Split("__"))
            : (typeof(SamenhangOptions), name.Split("__"));
        var type = start;
        for (var i = 0; i < steps.Length; i++)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>))
            {
                if (!steps[i].All(char.IsAsciiDigit))
                {
                    return false;
                }

                type = type.GetGenericArguments()[0];
                continue;
            }

            if (type == typeof(Dictionary<string, string>))
            {
                return i == steps.Length - 1 && ServiceNames.All.Contains(steps[i]);
            }

            if (type.GetProperty(steps[i]) is not { } property)
            {
                return false;
            }

            type = property.PropertyType;
        }

        return type != start;
    }

    /// <summary>Whether a name is that of something secret.</summary>
    public static bool IsSecret(string variable) =>
        WordsOfSecrets.Any(word => variable.Contains(word, StringComparison.OrdinalIgnoreCase));
}
