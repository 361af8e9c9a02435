using System.CommandLine;
using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;

namespace Samenhang.Host.Commands.Token;

/// <summary><c>run token</c>: a token for a system on this machine that was started for development.</summary>
internal static class TokenCommand
{
    /// <summary>The command with its arguments.</summary>
    public static Command Create(TextWriter output, Voice voice)
    {
        var service = new Argument<string>(voice["serve.service"]) { Description = voice["token.service"] };
        service.AcceptOnlyFromAmong([.. ServiceNames.All]);
        var role = new Option<string?>("--role") { Description = voice["token.role"], HelpName = "ROLE" };
        role.AcceptOnlyFromAmong([.. Enum.GetValues<CallerRole>().Select(known => known.ToCode())]);
        var tenant = new Option<string>("--tenant") { Description = voice["token.tenant"], HelpName = "GM9901", DefaultValueFactory = _ => "*" };
        var command = new Command("token", voice["help.token"]) { service, role, tenant };
        command.SetAction(async (parsed, cancellation) =>
        {
            var called = parsed.GetRequiredValue(service);
            using var tokens = new OwnTokens(new AccessOptions { DevelopmentKeyFile = DevelopmentChannel.KeyFile }, TimeProvider.System);
            var speaker = new Speaker("development", Codes.RoleOf(parsed.GetValue(role)) ?? DevelopmentChannel.UsualRole(called), parsed.GetRequiredValue(tenant));
            await output.WriteLineAsync(tokens.For(called, speaker).AsMemory(), cancellation);
            return ExitCode.Good;
        });
        return command;
    }
}
