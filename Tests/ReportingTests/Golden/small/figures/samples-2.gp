# Run: gnuplot -d samples-2.gp
set terminal svg size 900,350 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'samples-2.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'samples: loss = wasserstein' at screen 0.013333, screen 0.94857 left font ',14' noenhanced
set label 'blue: samples    orange circles: true modes' at screen 0.013333, screen 0.88 left font ',12' noenhanced
set border 15
unset tics
set style fill transparent solid 1 noborder
set lmargin at screen 0.013333
set rmargin at screen 0.32
set tmargin at screen 0.77714
set bmargin at screen 0.034286
set title 'none' font ',12' offset 0,-0.7 noenhanced
unset logscale x
set xrange [-1.4331:1.4331]
set xtics ('-1' -1, '0' 0, '1' 1)
unset logscale y
set yrange [-1.35:1.35]
set ytics ('-1' -1, '0' 0, '1' 1)
unset tics
plot 'samples-2.dat' index 0 with points pt 6 ps 1 lw 1.2 lc rgb '#D55E00' notitle, \
  'samples-2.dat' index 1 using 1:2:(2.8662e-4):(0) with vectors nohead lw 2.6 lc rgb '#400072B2' notitle
unset label
unset arrow
set lmargin at screen 0.34667
set rmargin at screen 0.65333
set tmargin at screen 0.77714
set bmargin at screen 0.034286
set title 'gp' font ',12' offset 0,-0.7 noenhanced
unset logscale x
set xrange [-1.4331:1.4331]
set xtics ('-1' -1, '0' 0, '1' 1)
unset logscale y
set yrange [-1.35:1.35]
set ytics ('-1' -1, '0' 0, '1' 1)
unset tics
plot 'samples-2.dat' index 2 with points pt 6 ps 1 lw 1.2 lc rgb '#D55E00' notitle, \
  'samples-2.dat' index 3 using 1:2:(2.8662e-4):(0) with vectors nohead lw 2.6 lc rgb '#400072B2' notitle
set lmargin at screen 0.68
set rmargin at screen 0.98667
set tmargin at screen 0.77714
set bmargin at screen 0.034286
set title 'clip' font ',12' offset 0,-0.7 noenhanced
unset logscale x
set xrange [-1.4331:1.4331]
set xtics ('-1' -1, '0' 0, '1' 1)
unset logscale y
set yrange [-1.35:1.35]
set ytics ('-1' -1, '0' 0, '1' 1)
unset tics
plot 'samples-2.dat' index 4 with points pt 6 ps 1 lw 1.2 lc rgb '#D55E00' notitle, \
  'samples-2.dat' index 5 using 1:2:(2.8662e-4):(0) with vectors nohead lw 2.6 lc rgb '#400072B2' notitle
unset multiplot
set output
