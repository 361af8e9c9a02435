using Samenhang.Platform.Probes;
using Samenhang.Web;

if (ProbeCommand.IsIn(args))
{
    return await ProbeCommand.RunAsync();
}

var builder = WebApplication.CreateBuilder(args);
builder.AddSamenhangWeb();
var app = builder.Build();
app.MapSamenhangWeb();
await app.RunAsync();
return 0;
