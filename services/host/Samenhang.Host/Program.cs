using Samenhang.Host.Commands;
using Samenhang.Host.Commands.Start;

return await CommandLine.Of(Console.Out, Console.Error, start: StartCommand.RunAsync).RunAsync(args);
