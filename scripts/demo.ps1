# Shows antq at work on the sample letters; prints each command before its output.
#
#   powershell -ExecutionPolicy Bypass -File scripts\demo.ps1 [-Archive DIR]
#
# Without -Archive it uses a fresh archive that is removed afterwards. Run scripts\setup.ps1 first.
param([string]$Archive)

$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..')
$antq = Join-Path (Get-Location) '.venv\Scripts\antq.exe'
if (-not (Test-Path $antq)) { Write-Host 'demo: run scripts\setup.ps1 first'; exit 1 }

# Vietnamese in a console of any code page.
[Console]::OutputEncoding = [Text.Encoding]::UTF8
$env:PYTHONUTF8 = '1'

$temporary = $null
if (-not $Archive) {
    $temporary = Join-Path ([IO.Path]::GetTempPath()) ('antq-demo-' + [IO.Path]::GetRandomFileName())
    $Archive = $temporary
}
$env:ANTQ_ARCHIVE = $Archive

function Invoke-Antq([int]$Expected, [string[]]$Arguments) {
    Write-Host ''
    Write-Host ('> antq ' + (($Arguments | ForEach-Object { if ($_ -match '\s') { "`"$_`"" } else { $_ } }) -join ' '))
    & $antq @Arguments
    if ($LASTEXITCODE -ne $Expected) {
        Write-Host "demo: that command exited with $LASTEXITCODE instead of $Expected"
        exit [Math]::Max(1, $LASTEXITCODE)
    }
}

try {
    # Windows does not expand samples\[0-9]*, so the files are named one by one.
    $letters = @(Get-ChildItem samples -File | Where-Object { $_.Name -match '^[0-9]' } | ForEach-Object { "samples\$($_.Name)" })
    Invoke-Antq 0 (@('ingest') + $letters)
    Invoke-Antq 0 @('list', '--limit', '5')
    Invoke-Antq 1 @('check', 'samples\20-cong-van-thieu-so.pdf')
    Invoke-Antq 0 @('search', 'phan loai rac tai nguon', '--limit', '3')
    # Questions may also be typed without diacritics; here so that this file is plain ASCII for every PowerShell.
    Invoke-Antq 0 @('ask', 'Which documents implement 12/CTr-MTTW-BTNMT?', '--lang', 'en')
    Invoke-Antq 0 @('trace', '87/KH-UBND')
}
finally {
    if ($temporary -and (Test-Path $temporary)) { Remove-Item -Recurse -Force $temporary }
}
exit 0
