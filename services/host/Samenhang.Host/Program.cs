using Samenhang.Host.Commands;

return await CommandLine.Of(Console.Out, Console.Error).RunAsync(args);
